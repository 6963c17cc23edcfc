import 'server-only'
import { gapOf } from '@/lib/refresh/pace'
import { wasAwayJustNow } from '../database/outage'
import { getRuntime } from '../runtime'
import { freeToTake, LEASE_COLUMNS, LEASE_MS, toLease, type Lease, type LeaseRow } from './lease'

/** Refreshes in the background take places in a lane this far ahead at most, so that whoever asks comes soon. */
const HORIZON_MS = 500

interface Room {
  readonly limit: number
  /** Upstreams that this process may call and does not leave alone at the moment. */
  readonly upstreams: readonly string[]
  /** API clients for which somebody waits: theirs come first. */
  readonly busyApiClients: readonly string[]
}

/**
 * Takes the right to refresh connections that are due, and their places in the lanes, in one statement: the longest due
 * first, every API client in its turn, each no faster than its lane. A lane or a row that another process has in hand is
 * passed over, not waited for.
 */
export async function claimDue({ limit, upstreams, busyApiClients }: Room): Promise<Lease[]> {
  const { pool, processId, clock, env } = getRuntime()
  const { rows } = await pool.query<LeaseRow>(
    `WITH lanes AS (
       SELECT r.api_client_id, greatest(r.gap_ms, $1) AS gap_ms, greatest(r.next_slot_at, clock_timestamp()) AS from_at
       FROM refresh_lanes r
       WHERE r.next_slot_at <= clock_timestamp() + $2 * interval '1 millisecond'
         AND r.api_client_id <> ALL ($3::uuid[])
         AND EXISTS (SELECT 1 FROM connections c WHERE c.api_client_id = r.api_client_id AND c.next_refresh_at <= $5 AND c.refresh_paused_at IS NULL)
         AND EXISTS (SELECT 1 FROM api_clients a WHERE a.id = r.api_client_id AND a.upstream_id = ANY ($4::text[]))
       FOR UPDATE SKIP LOCKED
     ), candidates AS (
       SELECT lanes.api_client_id, lanes.gap_ms, lanes.from_at, due.id, due.next_refresh_at
       FROM lanes CROSS JOIN LATERAL (
         SELECT c.id, c.next_refresh_at FROM connections c
         WHERE c.api_client_id = lanes.api_client_id AND c.next_refresh_at <= $5
           AND c.state IN ('connected', 'refresh_failing') AND c.refresh_token_sealed IS NOT NULL AND c.refresh_paused_at IS NULL
           AND ${freeToTake('$9', '$7')}
         ORDER BY c.next_refresh_at
         LIMIT CASE WHEN lanes.gap_ms = 0 THEN $6::int
           ELSE least($6::int, 1 + floor(greatest($2 - extract(epoch FROM lanes.from_at - clock_timestamp()) * 1000, 0) / lanes.gap_ms)::int) END
         FOR UPDATE SKIP LOCKED
       ) due
     ), turns AS (
       SELECT *, row_number() OVER (PARTITION BY api_client_id ORDER BY next_refresh_at, id) AS turn FROM candidates
     ), picked AS (
       SELECT * FROM turns ORDER BY turn, next_refresh_at LIMIT $6::int
     ), reserved AS (
       UPDATE refresh_lanes r SET next_slot_at = p.from_at + p.taken * p.gap_ms * interval '1 millisecond'
       FROM (SELECT api_client_id, from_at, gap_ms, count(*) AS taken FROM picked GROUP BY 1, 2, 3) p
       WHERE r.api_client_id = p.api_client_id
     ), l AS (
       UPDATE connections c
       SET lease_owner = $7, fence = c.fence + 1, lease_until = clock_timestamp() + $8 * interval '1 millisecond'
       FROM picked p WHERE c.id = p.id
       RETURNING c.*
     )
     SELECT ${LEASE_COLUMNS}
     FROM l
     JOIN (SELECT id, gap_ms, from_at + (turn - 1) * gap_ms * interval '1 millisecond' AS slot_at FROM picked) s ON s.id = l.id
     JOIN api_clients a ON a.id = l.api_client_id
     ORDER BY s.slot_at`,
    [gapOf(env.KEYRACK_REFRESH_RATE), HORIZON_MS, busyApiClients, upstreams, clock(), limit, processId, LEASE_MS, wasAwayJustNow()],
  )
  return rows.map(toLease)
}
