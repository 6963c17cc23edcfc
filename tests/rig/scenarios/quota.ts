import { eventually } from '../../processes'
import { openFaultRig, type FaultRig } from '../fault-rig'
import { askForToken, reportRejected } from '../hand-out'
import { PACE, passTime } from '../pass-time'
import { plant } from '../plant'
import type { Scenario } from '../scenario'
import { inspectPairs } from '../stored-pairs'

const SIZES = { small: { count: 100, revoked: 2 }, full: { count: 1_000, revoked: 5 } } as const
const QUOTA_MS = 10 * 60_000
const SHOWN_WITHIN_MS = 60_000
const LOOKED_AT_FOR_MS = 150_000
const RECOVERS_WITHIN_MS = 300_000

/**
 * For ten minutes Octorate answers every refresh with a quota 403. No hotelier is asked for anything. Afterwards a grant
 * that was really revoked is found out: from the first refused refresh it takes at most a minute.
 */
export const quota: Scenario = async ({ cluster, programs, profile, say }) => {
  const { count, revoked: toRevoke } = SIZES[profile]
  const rig = await openFaultRig({ cluster, programs })
  try {
    const [console, other] = [await rig.start(), await rig.start()]
    const { connectionIds, machineKey } = await plant(rig, { count, dueAt: rig.now() })
    await rig.sandbox.addFault({ endpoint: 'identity/refresh', kind: 'quota', count: 0 })
    await Promise.all([console.startWork(), other.startWork()])
    await passTime(rig, QUOTA_MS, profile)
    const refused = await countQuotaRefusals(rig)
    const during = await countStates(rig, connectionIds)
    say(`after ten minutes: ${JSON.stringify(during)}, ${refused} quota answers`)

    const revoked = connectionIds.slice(0, toRevoke)
    const tokens = await Promise.all(revoked.map((id) => askForToken(console, machineKey, id)))
    await revoke(rig, revoked)
    await rig.sandbox.clearFaults()
    const overAt = performance.now()
    const reports = await Promise.all(tokens.map((got) => ('token' in got ? reportRejected(console, machineKey, got.token) : got.code)))
    const isShown = (states: Record<string, number>) => states['reconnect_required'] === toRevoke
    let after = await eventually(() => countStates(rig, connectionIds), isShown, LOOKED_AT_FOR_MS)
    // How fast it catches up is what the full profile waits for.
    const hasRecovered = (states: Record<string, number>) => states['connected'] === count - toRevoke
    if (profile === 'full') after = await eventually(() => countStates(rig, connectionIds), hasRecovered, RECOVERS_WITHIN_MS)
    const recoveredSeconds = Math.round((performance.now() - overAt) / 1000)
    const shownMs = await measureShown(rig, revoked)
    const lost = (await inspectPairs(rig, connectionIds.slice(toRevoke))).filter(({ refresh }) => refresh !== 'live').length
    const slowest = Math.max(...shownMs)
    return {
      figures: {
        connections: count, minutes: QUOTA_MS / 60_000, clock: `the ten minutes ${PACE[profile]}, what follows in real time`, quotaAnswers: refused,
        reconnectRequired: during['reconnect_required'] ?? 0, reports, revokedShownMs: shownMs, after, ...(profile === 'full' ? { recoveredSeconds } : {}),
      },
      faults: [
        ...(refused > 0 ? [] : ['no quota answer was given']),
        ...((during['reconnect_required'] ?? 0) === 0 ? [] : [`${during['reconnect_required']} became reconnect_required by a quota`]),
        ...(shownMs.length === toRevoke && slowest <= SHOWN_WITHIN_MS ? [] : [`of ${toRevoke} revoked grants ${shownMs.length} were shown, in ${slowest} ms`]),
        ...(after['reconnect_required'] === toRevoke ? [] : [`afterwards: ${JSON.stringify(after)}`]),
        ...(profile === 'small' || hasRecovered(after) ? [] : [`not caught up: ${JSON.stringify(after)}`]),
        ...(lost === 0 ? [] : [`${lost} grants lost`]),
      ],
    }
  } finally {
    await rig.close()
  }
}

async function countStates({ database }: FaultRig, ids: readonly string[]): Promise<Record<string, number>> {
  const rows = await database.sql<{ state: string; count: number }>(
    'SELECT state::text AS state, count(*)::int AS count FROM connections WHERE id = ANY($1::uuid[]) GROUP BY 1', [ids],
  )
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]))
}

async function countQuotaRefusals({ sandbox }: FaultRig): Promise<number> {
  const faults = await sandbox.call<{ hits: number; rule: { kind: string } }[]>('GET', 'faults')
  return faults.find(({ rule }) => rule.kind === 'quota')?.hits ?? 0
}

async function revoke(rig: FaultRig, ids: readonly string[]): Promise<void> {
  for (const { grant } of await inspectPairs(rig, ids)) await rig.sandbox.call('POST', 'grants/revoke', { grant })
}

/** For each revoked connection that asks for a reconnect: milliseconds by the rig's clock since its first refused refresh. */
async function measureShown(rig: FaultRig, ids: readonly string[]): Promise<number[]> {
  const refusals = (await rig.sandbox.truth({ type: 'refresh.refused' })) as unknown as { at: number; grant: number }[]
  const pairs = await inspectPairs(rig, ids)
  const rows = await rig.database.sql<{ id: string; state: string; state_since: Date }>(
    'SELECT id, state::text AS state, state_since FROM connections WHERE id = ANY($1::uuid[])', [ids],
  )
  return rows.flatMap(({ id, state, state_since: since }) => {
    const grant = pairs.find((pair) => pair.id === id)?.grant
    const first = refusals.find((refusal) => refusal.grant === grant)
    return state === 'reconnect_required' && first ? [since.getTime() - first.at] : []
  })
}
