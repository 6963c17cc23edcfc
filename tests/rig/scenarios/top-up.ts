import { eventually } from '../../processes'
import { openFaultRig, type FaultRig } from '../fault-rig'
import { plant } from '../plant'
import type { Scenario } from '../scenario'
import { inspectPairs, isLive } from '../stored-pairs'
import { readRefreshes } from '../truth'

const SIZES = { small: { count: 60, killedAt: 20 }, full: { count: 600, killedAt: 200 } } as const
const RATE = 20
const DUE_IN_MS = 14 * 60 * 60_000
const DONE_WITHIN_MS = 120_000

/**
 * A top up is begun by a process that is killed in the middle of it, with some refreshes answered and not yet stored. The
 * processes that are left finish it: every connection has a new token, every stored pair is live, and only what was in hand
 * at the kill was sent twice.
 */
export const topUp: Scenario = async ({ cluster, programs, profile, say }) => {
  const { count, killedAt } = SIZES[profile]
  const rig = await openFaultRig({ cluster, programs })
  try {
    const env = { KEYRACK_REFRESH_RATE: String(RATE) }
    const [begins, goesOn, helps] = [await rig.start(env), await rig.start(env), await rig.start(env)]
    const planted = await plant(rig, { count, dueAt: new Date(rig.now().getTime() + DUE_IN_MS) })
    const inTurn = await readInTurn(rig, planted.connectionIds)
    await begins.dieAt(inTurn.slice(killedAt, killedAt + 3).map((id) => [id, 'received'] as const))
    await begins.startWork()
    await begins.topUp(planted)
    await begins.exited
    const atKill = await countRenewed(rig)
    say(`${atKill} of ${count} were renewed when the process was killed`)
    await rig.database.sql("UPDATE connections SET lease_until = clock_timestamp() - interval '1 second' WHERE lease_until IS NOT NULL")
    await Promise.all([goesOn.startWork(), helps.startWork()])
    const renewed = await eventually(() => countRenewed(rig), (done) => done === count, DONE_WITHIN_MS)
    const dead = (await inspectPairs(rig, planted.connectionIds)).filter((pair) => !isLive(pair)).length
    const refreshes = (await readRefreshes(rig)).length
    return {
      figures: { connections: count, renewedAtKill: atKill, renewed, refreshes },
      faults: [
        ...(atKill > 0 && atKill < count ? [] : [`the kill hit nothing: ${atKill} were renewed`]),
        ...(renewed === count ? [] : [`${count - renewed} were not renewed`]),
        ...(dead === 0 ? [] : [`${dead} stored pairs are not the live ones`]),
        ...(refreshes - count <= count - atKill && refreshes - count < killedAt ? [] : [`${refreshes} refreshes for ${count} connections`]),
      ],
    }
  } finally {
    await rig.close()
  }
}

/** The connections in the order in which a top up comes to them. */
async function readInTurn({ database }: FaultRig, ids: readonly string[]): Promise<string[]> {
  const rows = await database.sql<{ id: string }>('SELECT id FROM connections WHERE id = ANY($1::uuid[]) ORDER BY access_expires_at, id', [ids])
  return rows.map(({ id }) => id)
}

async function countRenewed({ database }: FaultRig): Promise<number> {
  const [row] = await database.sql<{ count: number }>('SELECT count(*)::int AS count FROM connections WHERE access_token_version > 1')
  return row?.count ?? 0
}
