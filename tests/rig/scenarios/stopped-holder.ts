import { eventually } from '../../processes'
import { openFaultRig, type FaultRig } from '../fault-rig'
import { pause } from '../pass-time'
import { plant } from '../plant'
import type { Scenario } from '../scenario'
import { inspectPairs, isLive } from '../stored-pairs'
import { countRefused, readRefreshes } from '../truth'

/** In the first, a later access token ends the earlier one, so that an old one put back is told from the live one. */
const MODES = ['off', 'rotate', 'rotate-with-grace'] as const
const COUNTS = { small: 10, full: 100 } as const
const AT_ONCE = { KEYRACK_REFRESH_RATE: '0', KEYRACK_REFRESH_IN_FLIGHT: '128' }

/** Long enough to stop the process in between, and over when it goes on. */
const ANSWER_HELD_MS = 3_000
/** A lease is good for 30 s of the database's clock, and a refresh for 20 s of its process's. */
const LEASE_LAPSES_MS = 31_000
const SETTLES_WITHIN_MS = 15_000

/**
 * A process is stopped when Octorate has answered and the process has not read it; its leases lapse, another process
 * refreshes or finds the token used up; then the first goes on. Whatever order that makes, the stored pair is the live one.
 */
export const stoppedHolder: Scenario = async ({ cluster, programs, profile, say }) => {
  const count = COUNTS[profile]
  const faults: string[] = []
  const runs = MODES.map(async (mode) => {
    const rig = await openFaultRig({ cluster, programs })
    try {
      const { live, sentAgain, outcomes } = await stopAndGoOn(rig, mode, count)
      if (live !== count) faults.push(`${mode}: ${count - live} of ${count} stored pairs are not the live ones`)
      if (sentAgain !== count) faults.push(`${mode}: the other process took over ${sentAgain} of ${count} (${[...new Set(outcomes)].join(', ')})`)
      say(`${mode}: ${live} of ${count} live`)
      return [mode, { stopped: count, live }] as const
    } finally {
      await rig.close()
    }
  })
  return { figures: Object.fromEntries(await Promise.all(runs)), faults }
}

async function stopAndGoOn(rig: FaultRig, mode: (typeof MODES)[number], count: number) {
  await rig.sandbox.call('PATCH', 'settings', { refreshRotation: mode, refreshEndsAccessToken: mode === 'off' })
  const holder = await rig.start(AT_ONCE)
  const other = await rig.start(AT_ONCE)
  const { organizationId, connectionIds } = await plant(rig, { count, expired: true })
  const wish = { organizationId, connections: connectionIds }
  await rig.sandbox.addFault({ endpoint: 'identity/refresh', kind: 'delay', count: 0, delayAfterMs: ANSWER_HELD_MS })
  const held = holder.refresh(wish)
  await eventually(() => countRefreshes(rig), (seen) => seen.taken === count)
  holder.signal('SIGSTOP')
  await rig.sandbox.clearFaults()
  await pause(LEASE_LAPSES_MS)
  const outcomes = await other.refresh(wish)
  const { taken, refused } = await countRefreshes(rig)
  // Once more, so that in the grace mode what the stopped process has at hand is a used one by then.
  if (mode === 'rotate-with-grace') await other.refresh(wish)
  holder.signal('SIGCONT')
  await held
  await eventually(() => holder.measure(), ({ inFlight }) => inFlight === 0, SETTLES_WITHIN_MS)
  const pairs = await inspectPairs(rig, connectionIds)
  return { live: pairs.filter(isLive).length, sentAgain: taken + refused - count, outcomes }
}

async function countRefreshes(rig: FaultRig): Promise<{ taken: number; refused: number }> {
  const [refreshes, refused] = await Promise.all([readRefreshes(rig), countRefused(rig)])
  return { taken: refreshes.length, refused }
}
