import 'server-only'
import type { Transaction } from '../db'
import { tellKeyHints } from './key-hints'

/** More than so many in the window are told: a person tries a few, a script takes them all. */
export const MANY_CONNECTIONS = 50
export const MANY_CONNECTIONS_WITHIN_MS = 10 * 60_000
/** So long after its first use a new key may go through all connections from where it was first used. */
const ROLLOUT_MS = 24 * 60 * 60_000
/** So long a connection is new: that a back end meets it from where it always asks is no news. */
const NEW_CONNECTION_MS = 24 * 60 * 60_000
const MOST_ADDRESSES = 20

interface Reading {
  readonly machine_key_id: string
  readonly connections: number
  readonly addresses: string[]
}

/**
 * Announces keys that were handed tokens of many connections which they had never been handed at that address: what a
 * stolen key does. A back end that reads the same ones again and again makes no new origins, however many they are.
 *
 * Left out is what a key does from the addresses of its first ten minutes in its first day, which is how a back end begins,
 * and connections of the last day that are read from an address known before.
 */
export async function tellManyConnections(tx: Transaction, now: Date): Promise<boolean> {
  const before = (ms: number) => new Date(now.getTime() - ms)
  const since = before(MANY_CONNECTIONS_WITHIN_MS)
  const readings = await tx.$queryRaw<Reading[]>`
    WITH busy AS (
      SELECT machine_key_id FROM hand_out_origins WHERE first_at > ${since}
      GROUP BY machine_key_id HAVING count(DISTINCT connection_id) > ${MANY_CONNECTIONS}
    ), known AS (
      SELECT machine_key_id, address, first_at, min(first_at) OVER (PARTITION BY machine_key_id) AS key_first_at
      FROM known_key_addresses JOIN busy USING (machine_key_id)
    )
    SELECT machine_key_id, count(DISTINCT origin.connection_id)::int AS connections, array_agg(DISTINCT address) AS addresses
    FROM hand_out_origins origin JOIN known USING (machine_key_id, address) LEFT JOIN connections ON connections.id = origin.connection_id
    WHERE origin.first_at > ${since}
      AND NOT (known.first_at <= key_first_at + ${MANY_CONNECTIONS_WITHIN_MS} * interval '1 millisecond'
        AND origin.first_at <= key_first_at + ${ROLLOUT_MS} * interval '1 millisecond')
      AND NOT (known.first_at <= ${since} AND coalesce(connections.created_at > ${before(NEW_CONNECTION_MS)}, false))
    GROUP BY machine_key_id HAVING count(DISTINCT origin.connection_id) > ${MANY_CONNECTIONS}`
  await tellKeyHints(tx, {
    kind: 'many_connections', now,
    hints: readings.map(({ machine_key_id: machineKeyId, connections, addresses }) => ({
      machineKeyId, seen: { connections, minutes: MANY_CONNECTIONS_WITHIN_MS / 60_000, addresses: addresses.slice(0, MOST_ADDRESSES) },
    })),
  })
  return false
}
