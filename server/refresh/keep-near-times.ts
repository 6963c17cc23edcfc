import 'server-only'
import { getRuntime } from '../runtime'
import { LEASE_MS } from './lease'

/** No lane and no lease is promised to anybody so far ahead. */
const FAR_MS = 10 * 60_000

/**
 * Leases and lanes are told by the database's clock. When that went back, they would lie as far ahead as it jumped, and
 * nothing of theirs would be refreshed until then: a lane is free again, and a lease ends after the time of a fresh one,
 * for its holder may be at it still.
 */
export async function keepNearTimes(): Promise<void> {
  const { pool } = getRuntime()
  await pool.query(
    `UPDATE refresh_lanes SET next_slot_at = clock_timestamp() WHERE api_client_id IN (
       SELECT api_client_id FROM refresh_lanes WHERE next_slot_at > clock_timestamp() + $1 * interval '1 millisecond' ORDER BY api_client_id FOR UPDATE
     )`,
    [FAR_MS],
  )
  await pool.query(
    `UPDATE connections SET lease_until = clock_timestamp() + $2 * interval '1 millisecond'
     WHERE lease_until > clock_timestamp() + $1 * interval '1 millisecond'`,
    [FAR_MS, LEASE_MS],
  )
}
