import type { KeyMigration } from '@/contracts/key-migrations'
import type { ConsoleProcess } from '../console-process'
import { openFaultRig, type FaultRig } from '../fault-rig'
import { plantOldHotels, type OldHotels } from '../old-hotels'
import { pause } from '../pass-time'
import type { Scenario } from '../scenario'
import { inspectPairs, isLive } from '../stored-pairs'

/** How long after its start a process is killed, and how slow Octorate is, so that kills hit something. */
const SIZES = {
  small: { keys: 200, campaigns: 1, killedAfterMs: [500, 1_500], upstreamMs: 500, mostKills: 5 },
  full: { keys: 5_000, campaigns: 20, killedAfterMs: [500, 3_000], upstreamMs: 0, mostKills: Infinity },
} as const

/** Without a throttle and without lanes; one process has at most so many lines in hand. */
const FAST = { KEYRACK_REFRESH_RATE: '0', KEYRACK_REFRESH_IN_FLIGHT: '64' }
const IN_HAND = 32
const LOOK_MS = 100
const GIVEN_UP_AFTER_MS = 20 * 60_000

/**
 * Old keys are migrated without a throttle while one of two processes is killed again and again, until nothing is left to
 * do. The sandbox's truth is the judge: every line is final, every verified line holds the live pair of its property, and
 * a live token that nobody holds belongs to a line that says so.
 */
export const migration: Scenario = async ({ cluster, programs, profile, say }) => {
  const size = SIZES[profile]
  const faults: string[] = []
  const campaigns: Record<string, number>[] = []
  for (let campaign = 1; campaign <= size.campaigns; campaign += 1) {
    const rig = await openFaultRig({ cluster, programs })
    try {
      const hotels = await plantOldHotels(rig, size.keys)
      if (size.upstreamMs > 0) await rig.sandbox.addFault({ endpoint: 'identity/migrate', kind: 'delay', count: 0, delayMs: size.upstreamMs / 2, delayAfterMs: size.upstreamMs / 2 })
      const startedAt = performance.now()
      const { id, kills } = await migrateUnderFire(rig, hotels, size)
      const seconds = Math.round((performance.now() - startedAt) / 100) / 10
      const found = await judge(rig, id, hotels)
      for (const fault of faultsOf(found, { keys: size.keys, kills })) faults.push(`campaign ${campaign}: ${fault}`)
      campaigns.push({ kills, seconds, ...found })
      say(`campaign ${campaign}: ${JSON.stringify(campaigns.at(-1))}`)
    } finally {
      await rig.close()
    }
  }
  if (campaigns.every(({ kills }) => kills === 0)) faults.push('nothing was killed')
  return { figures: { keys: size.keys, campaigns }, faults }
}

/** Two processes work; one of them, whichever, is killed some time after the newest is ready, and begun anew. */
async function migrateUnderFire(
  rig: FaultRig,
  { owner, lines }: OldHotels,
  { killedAfterMs: [least, most], mostKills }: (typeof SIZES)[keyof typeof SIZES],
): Promise<{ id: string; kills: number }> {
  const working = [await rig.start(FAST), await rig.start(FAST)]
  const [first] = working
  if (!first) throw new Error('no process was started')
  const id = await submit(first, owner, lines)
  await Promise.all(working.map((each) => each.startWork()))
  const until = performance.now() + GIVEN_UP_AFTER_MS
  let kills = 0
  for (;;) {
    const isOver = await waitFor(rig, id, kills < mostKills ? least + Math.random() * (most - least) : GIVEN_UP_AFTER_MS)
    if (isOver || performance.now() > until) return { id, kills }
    const victim = Math.floor(Math.random() * 2)
    await working[victim]?.kill()
    kills += 1
    const next = await rig.start(FAST)
    await next.startWork()
    working[victim] = next
  }
}

async function submit(console: ConsoleProcess, { apiClientId, machineKey }: OldHotels['owner'], lines: OldHotels['lines']): Promise<string> {
  const response = await fetch(`${console.url}/api/v1/migrations?apiClientId=${apiClientId}&perSecond=unlimited`, {
    method: 'POST',
    headers: { authorization: `Bearer ${machineKey}`, 'content-type': 'application/x-ndjson' },
    body: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
  })
  if (response.status !== 200) throw new Error(`the migration was not taken: ${response.status} ${await response.text()}`)
  return ((await response.json()) as KeyMigration).id
}

/** @returns whether it is over within so many milliseconds. */
async function waitFor({ database }: FaultRig, id: string, ms: number): Promise<boolean> {
  const until = performance.now() + ms
  for (;;) {
    const [row] = await database.sql<{ over: boolean }>('SELECT finished_at IS NOT NULL AS over FROM key_migrations WHERE id = $1', [id])
    if (row?.over) return true
    if (performance.now() >= until) return false
    await pause(Math.min(LOOK_MS, until - performance.now()))
  }
}

interface Found extends Record<string, number> {
  readonly notFinal: number
  readonly verified: number
  readonly ambiguous: number
  readonly failed: number
  /** Verified lines whose stored pair is not the live one, or not of the newest grant of their property. */
  readonly notLive: number
  /** Grants that Octorate gave for a property more than once. */
  readonly givenTwice: number
  /** Live grants that no connection holds, and whose line does not say so. */
  readonly lost: number
}

async function judge(rig: FaultRig, id: string, { lines }: OldHotels): Promise<Found> {
  const rows = await rig.database.sql<{ propertyId: string; state: string; connectionId: string }>(
    `SELECT property_id AS "propertyId", state::text, connection_id AS "connectionId" FROM key_lines WHERE migration_id = $1`,
    [id],
  )
  const grants = (await rig.sandbox.truth({ type: 'key.migrated' })) as unknown as { accommodation: string; grant: number }[]
  const newest = new Map(grants.map(({ accommodation, grant }) => [accommodation, grant]))
  const verified = rows.filter(({ state }) => state === 'verified')
  const pairs = new Map((await inspectPairs(rig, verified.map(({ connectionId }) => connectionId))).map((pair) => [pair.id, pair]))
  const isGood = ({ connectionId, propertyId }: (typeof rows)[number]) => {
    const pair = pairs.get(connectionId)
    return pair !== undefined && isLive(pair) && pair.grant === newest.get(propertyId)
  }
  const held = new Set([...pairs.values()].map(({ grant }) => grant))
  const saidSo = new Set(rows.filter(({ state }) => state === 'ambiguous').map(({ propertyId }) => propertyId))
  const count = (state: string) => rows.filter((row) => row.state === state).length
  return {
    notFinal: lines.length - verified.length - count('ambiguous') - count('failed'),
    verified: verified.length,
    ambiguous: count('ambiguous'),
    failed: count('failed'),
    notLive: verified.filter((row) => !isGood(row)).length,
    givenTwice: grants.length - newest.size,
    lost: grants.filter(({ grant, accommodation }) => !held.has(grant) && !saidSo.has(accommodation)).length,
  }
}

function faultsOf(found: Found, { keys, kills }: { keys: number; kills: number }): string[] {
  const { notFinal, ambiguous, failed, notLive, givenTwice, lost } = found
  return [
    ...(notFinal > 0 ? [`${notFinal} of ${keys} lines are not final`] : []),
    ...(failed > 0 ? [`${failed} lines failed`] : []),
    ...(notLive > 0 ? [`${notLive} stored pairs are not the live ones`] : []),
    ...(givenTwice > 0 ? [`${givenTwice} keys were sent again`] : []),
    ...(lost > 0 ? [`${lost} live grants are held by nobody, and no line says so`] : []),
    ...(ambiguous > kills * IN_HAND ? [`${ambiguous} lines are ambiguous after ${kills} kills`] : []),
  ]
}
