import 'server-only'
import { OPERATOR_ASKED } from '@/lib/connection-status'
import { gapOf } from '@/lib/refresh/pace'
import { wasAwayJustNow } from '../database/outage'
import { getRuntime } from '../runtime'
import { freeToTake, LEASE_COLUMNS, LEASE_MS, toLease, type Lease, type LeaseRow } from './lease'
import { isInsistent, type RefreshReason, type RefreshSubject } from './refresh-subject'

/** With more than this before it in the lane, a request is told to come back instead of waiting. */
export const LONGEST_QUEUE_MS = 20_000

/** Octorate gave a token that was over when it came: the next would hardly be better within the minute. */
export const OVER_ON_ARRIVAL = 'c.access_token_sealed IS NOT NULL AND c.access_expires_at <= c.access_issued_at'
export const PAUSE_SECONDS = 60

interface Wish {
  readonly reason: RefreshReason
  /** Version of the access token that the caller found wanting; with a newer one stored, nothing is claimed. */
  readonly seenVersion: number | null
  /** Upstreams that are left alone at the moment. */
  readonly blockedUpstreams: readonly string[]
}

/**
 * Takes the right to refresh one connection, and the next place in the lane of its API client, in one statement. Times
 * of leases and lanes are the database's, because processes on several machines compare them; when the back-off is over
 * is told by the runtime's clock. Where nothing paces the lane it is only looked at: its row would be one that everybody
 * waits for.
 *
 * @returns null when somebody holds it, it backs off or is paused, it is not to be refreshed any more, or the lane is full.
 */
export async function claimOne(subject: RefreshSubject, { reason, seenVersion, blockedUpstreams }: Wish): Promise<Lease | null> {
  const { pool, processId, clock, env } = getRuntime()
  const insists = isInsistent(reason)
  const { rows } = await pool.query<LeaseRow>({
    name: 'claim-one',
    text: `WITH wanted AS (
       SELECT c.id, c.api_client_id FROM connections c
       WHERE c.id = $1 AND c.organization_id = $2
         AND c.refresh_token_sealed IS NOT NULL
         AND c.state = ANY ($3::connection_state[]) AND c.cause IS DISTINCT FROM '${OPERATOR_ASKED}'
         AND ${freeToTake('$12', '$10')}
         AND ($4 OR c.state <> 'refresh_failing' OR c.next_refresh_at IS NULL OR c.next_refresh_at <= $5)
         AND ($4 OR c.refresh_paused_at IS NULL)
         AND ($4 OR NOT (${OVER_ON_ARRIVAL} AND c.access_issued_at > $5::timestamptz - interval '${PAUSE_SECONDS} seconds'))
         AND ($6::int IS NULL OR c.access_token_version <= $6)
         AND NOT EXISTS (SELECT 1 FROM api_clients a WHERE a.id = c.api_client_id AND a.upstream_id = ANY ($7::text[]))
         AND ($4 OR NOT EXISTS (
           SELECT 1 FROM refresh_lanes l
           WHERE l.api_client_id = c.api_client_id AND l.next_slot_at > clock_timestamp() + $8 * interval '1 millisecond'
         ))
       FOR UPDATE
     ), unpaced AS (
       SELECT api_client_id, gap_ms, clock_timestamp() AS slot_at FROM wanted JOIN refresh_lanes lane USING (api_client_id)
       WHERE $9::float8 = 0 AND lane.gap_ms = 0 AND lane.next_slot_at <= clock_timestamp()
     ), placed AS (
       INSERT INTO refresh_lanes AS lane (api_client_id, next_slot_at, gap_ms)
       SELECT api_client_id, clock_timestamp() + $9::float8 * interval '1 millisecond', $9 FROM wanted WHERE NOT EXISTS (SELECT 1 FROM unpaced)
       ON CONFLICT (api_client_id) DO UPDATE
         SET next_slot_at = greatest(lane.next_slot_at, clock_timestamp()) + greatest(lane.gap_ms, $9) * interval '1 millisecond'
       RETURNING api_client_id, greatest(gap_ms, $9) AS gap_ms, next_slot_at - greatest(gap_ms, $9) * interval '1 millisecond' AS slot_at
     ), s AS (
       SELECT * FROM unpaced UNION ALL SELECT * FROM placed
     ), l AS (
       UPDATE connections c
       SET lease_owner = $10, fence = c.fence + 1,
           lease_until = greatest(s.slot_at, clock_timestamp()) + $11 * interval '1 millisecond'
       FROM wanted w JOIN s ON s.api_client_id = w.api_client_id
       WHERE c.id = w.id
       RETURNING c.*
     )
     SELECT ${LEASE_COLUMNS} FROM l JOIN s ON s.api_client_id = l.api_client_id JOIN api_clients a ON a.id = l.api_client_id`,
    values: [
      subject.id, subject.organizationId, statesFor(reason), insists, clock(), seenVersion, blockedUpstreams, LONGEST_QUEUE_MS,
      gapOf(env.KEYRACK_REFRESH_RATE), processId, LEASE_MS, wasAwayJustNow(),
    ],
  })
  const [row] = rows
  if (!row) return null
  const lease = toLease(row)
  // A person does not wait behind a lane that stands still for minutes: what it guards against is not one click.
  return insists && lease.sendAt - performance.now() > LONGEST_QUEUE_MS ? { ...lease, sendAt: performance.now(), gapMs: 0 } : lease
}

/** Once it is known that the grant is dead, only a person may try again; and nobody where an owner gave it up. */
function statesFor(reason: RefreshReason): string[] {
  return reason === 'manual' ? ['connected', 'refresh_failing', 'reconnect_required'] : ['connected', 'refresh_failing']
}
