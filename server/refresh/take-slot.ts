import 'server-only'
import { gapOf } from '@/lib/refresh/pace'
import { getRuntime } from '../runtime'

/** Whoever is polite waits while so much of the lane is taken: refreshes of what is connected come first. */
const POLITE_MS = 250

/**
 * Takes a place in an API client's lane for a call that is no refresh of a connection, such as the try of an imported
 * token, if the lane is nearly free.
 *
 * @returns milliseconds until the place, or null when others have taken the lane.
 */
export async function takeSlot(apiClientId: string): Promise<number | null> {
  const { pool, env } = getRuntime()
  const { rows } = await pool.query<{ wait_ms: number }>(
    `INSERT INTO refresh_lanes AS r (api_client_id, next_slot_at, gap_ms)
     VALUES ($1, clock_timestamp() + $2::float8 * interval '1 millisecond', $2)
     ON CONFLICT (api_client_id) DO UPDATE
       SET next_slot_at = greatest(r.next_slot_at, clock_timestamp()) + greatest(r.gap_ms, $2) * interval '1 millisecond'
       WHERE r.next_slot_at <= clock_timestamp() + $3 * interval '1 millisecond'
     RETURNING greatest(extract(epoch FROM r.next_slot_at - clock_timestamp()) * 1000 - greatest(r.gap_ms, $2), 0)::float8 AS wait_ms`,
    [apiClientId, gapOf(env.KEYRACK_REFRESH_RATE), POLITE_MS],
  )
  return rows[0]?.wait_ms ?? null
}
