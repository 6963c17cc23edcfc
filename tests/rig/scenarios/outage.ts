import { eventually } from '../../processes'
import { openFaultRig, type FaultRig } from '../fault-rig'
import { PACE, passTime } from '../pass-time'
import { plant } from '../plant'
import type { Scenario } from '../scenario'
import { inspectPairs, isLive } from '../stored-pairs'
import { highestIn, readRefreshes } from '../truth'

/** A busy machine hands the sandbox what was sent in good order all at once; the full profile wants a quiet one. */
const SIZES = { small: { count: 200, tolerated: 1.25 }, full: { count: 2_000, tolerated: 1 } } as const
const OUTAGE_MS = 10 * 60_000
const RATE = 20
const CAUGHT_UP_WITHIN_MS = 180_000

/**
 * Octorate is away for ten minutes while every connection is due. When it is back, everything is refreshed within three
 * minutes, and never faster than the cap allows.
 */
export const outage: Scenario = async ({ cluster, programs, profile, say }) => {
  const { count, tolerated } = SIZES[profile]
  const rig = await openFaultRig({ cluster, programs })
  try {
    const consoles = [await rig.start({ KEYRACK_REFRESH_RATE: String(RATE) }), await rig.start({ KEYRACK_REFRESH_RATE: String(RATE) })]
    const { connectionIds } = await plant(rig, { count, dueAt: rig.now() })
    await rig.sandbox.addFault({ endpoint: '*', kind: 'reset', when: 'before', count: 0 })
    await Promise.all(consoles.map((each) => each.startWork()))
    await passTime(rig, OUTAGE_MS, profile)
    const triedInOutage = await countHits(rig)
    say(`${triedInOutage} tries in ten minutes of outage`)
    await rig.sandbox.clearFaults()
    const backAt = performance.now()
    const overdue = await eventually(() => countOverdue(rig), (left) => left === 0, CAUGHT_UP_WITHIN_MS)
    const seconds = Math.round((performance.now() - backAt) / 1000)
    const refreshes = await readRefreshes(rig)
    const instants = refreshes.map(({ at }) => at)
    const perSecond = highestIn(1_000, instants)
    const inTen = highestIn(10_000, instants)
    const dead = (await inspectPairs(rig, connectionIds)).filter((pair) => !isLive(pair)).length
    return {
      figures: {
        connections: count, clock: `the outage ${PACE[profile]}, what follows in real time`, triedInOutage,
        cap: RATE, highestInOneSecond: perSecond, highestInTenSeconds: inTen, caughtUpSeconds: seconds, refreshes: refreshes.length,
      },
      faults: [
        ...(overdue === 0 ? [] : [`${overdue} are overdue three minutes later`]),
        ...(perSecond <= RATE * tolerated ? [] : [`${perSecond} refreshes within one second, over the cap of ${RATE}`]),
        ...(refreshes.length === count ? [] : [`${refreshes.length} refreshes for ${count} connections`]),
        ...(dead === 0 ? [] : [`${dead} stored pairs are not the live ones`]),
      ],
    }
  } finally {
    await rig.close()
  }
}

async function countOverdue({ database, now }: FaultRig): Promise<number> {
  const [row] = await database.sql<{ count: number }>(
    "SELECT count(*)::int AS count FROM connections WHERE next_refresh_at <= $1 OR state <> 'connected'", [now()],
  )
  return row?.count ?? 0
}

async function countHits({ sandbox }: FaultRig): Promise<number> {
  const faults = await sandbox.call<{ hits: number }[]>('GET', 'faults')
  return faults.reduce((sum, { hits }) => sum + hits, 0)
}
