import 'server-only'
import { OPERATOR_ASKED } from '@/lib/connection-status'
import { gapOf } from '@/lib/refresh/pace'
import { inGroups } from '../database/in-groups'
import { wasAwayJustNow } from '../database/outage'
import { getRuntime, once } from '../runtime'
import { inSpan } from '../tracing/in-span'
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

interface Asked extends Wish {
  readonly subject: RefreshSubject
}

/**
 * Takes the right to refresh one connection, and the next place in the lane of its API client; whoever asks at the same
 * time shares the statement.
 *
 * @returns null when somebody holds it or has its row in hand, it backs off or is paused, it is not to be refreshed any more, or the lane is full.
 */
export async function claimOne(subject: RefreshSubject, wish: Wish): Promise<Lease | null> {
  const claim = once('refresh claims', () => inGroups(claimAll, { atOnce: 4, most: 64 }))
  const lease = await inSpan({ name: 'database claim' }, () => claim({ ...wish, subject }))
  // A person does not wait behind a lane that stands still for minutes: what it guards against is not one click.
  return lease && isInsistent(wish.reason) && lease.sendAt - performance.now() > LONGEST_QUEUE_MS ? { ...lease, sendAt: performance.now(), gapMs: 0 } : lease
}

/**
 * Times of leases and lanes are the database's, because processes on several machines compare them; when the back-off is
 * over is told by the runtime's clock. A connection that somebody has in hand is passed over, or it would hold up the
 * whole group; the row of a lane is waited for, which nobody holds for long. Where nothing paces a lane it is only looked
 * at: its row would be one that everybody waits for.
 */
async function claimAll(asked: readonly Asked[]): Promise<readonly (Lease | null)[]> {
  const { pool, processId, clock, env } = getRuntime()
  const { rows } = await pool.query<LeaseRow>(
    `WITH input AS (
       SELECT * FROM json_to_recordset($1::json) AS t(
         turn int, id uuid, organization_id uuid, insists boolean, states connection_state[], seen_version int, blocked text[])
     ), free AS (
       SELECT i.turn, i.insists, c.id, c.api_client_id
       FROM input i JOIN connections c ON c.id = i.id AND c.organization_id = i.organization_id
       WHERE c.refresh_token_sealed IS NOT NULL
         AND c.state = ANY (i.states) AND c.cause IS DISTINCT FROM '${OPERATOR_ASKED}'
         AND ${freeToTake('$6', '$4')}
         AND (i.insists OR c.state <> 'refresh_failing' OR c.next_refresh_at IS NULL OR c.next_refresh_at <= $2)
         AND (i.insists OR c.refresh_paused_at IS NULL)
         AND (i.insists OR NOT (${OVER_ON_ARRIVAL} AND c.access_issued_at > $2::timestamptz - interval '${PAUSE_SECONDS} seconds'))
         AND (i.seen_version IS NULL OR c.access_token_version <= i.seen_version)
         AND NOT EXISTS (SELECT 1 FROM api_clients a WHERE a.id = c.api_client_id AND a.upstream_id = ANY (i.blocked))
       FOR NO KEY UPDATE OF c SKIP LOCKED
     ), turns AS (
       SELECT *, row_number() OVER (PARTITION BY api_client_id ORDER BY turn) - 1 AS before FROM free
     ), entered AS (
       SELECT t.id, t.api_client_id, row_number() OVER (PARTITION BY t.api_client_id ORDER BY t.turn) - 1 AS before
       FROM turns t LEFT JOIN refresh_lanes lane USING (api_client_id)
       WHERE t.insists OR greatest(lane.next_slot_at, clock_timestamp()) + t.before * greatest(lane.gap_ms, $3::float8) * interval '1 millisecond'
         <= clock_timestamp() + ${LONGEST_QUEUE_MS} * interval '1 millisecond'
     ), asked AS (
       SELECT api_client_id, count(*) AS many FROM entered GROUP BY 1
     ), unpaced AS (
       SELECT api_client_id, lane.gap_ms, clock_timestamp() AS from_at FROM asked JOIN refresh_lanes lane USING (api_client_id)
       WHERE $3::float8 = 0 AND lane.gap_ms = 0 AND lane.next_slot_at <= clock_timestamp()
     ), placed AS (
       INSERT INTO refresh_lanes AS lane (api_client_id, next_slot_at, gap_ms)
       SELECT api_client_id, clock_timestamp() + many * $3::float8 * interval '1 millisecond', $3 FROM asked
       WHERE api_client_id NOT IN (SELECT api_client_id FROM unpaced) ORDER BY api_client_id
       ON CONFLICT (api_client_id) DO UPDATE SET next_slot_at = greatest(lane.next_slot_at, clock_timestamp())
         + (SELECT many FROM asked WHERE api_client_id = lane.api_client_id) * greatest(lane.gap_ms, $3) * interval '1 millisecond'
       RETURNING api_client_id, greatest(gap_ms, $3) AS gap_ms, next_slot_at AS until_at
     ), s AS (
       SELECT e.id, u.gap_ms, u.from_at AS slot_at FROM entered e JOIN unpaced u USING (api_client_id)
       UNION ALL
       SELECT e.id, p.gap_ms, p.until_at - (asked.many - e.before) * p.gap_ms * interval '1 millisecond'
       FROM entered e JOIN placed p USING (api_client_id) JOIN asked USING (api_client_id)
     ), l AS (
       UPDATE connections c
       SET lease_owner = $4, fence = c.fence + 1, lease_until = greatest(s.slot_at, clock_timestamp()) + $5 * interval '1 millisecond'
       FROM s WHERE c.id = s.id
       RETURNING c.*
     )
     SELECT ${LEASE_COLUMNS} FROM l JOIN s ON s.id = l.id JOIN api_clients a ON a.id = l.api_client_id`,
    [JSON.stringify(toRows(asked)), clock(), gapOf(env.KEYRACK_REFRESH_RATE), processId, LEASE_MS, wasAwayJustNow()],
  )
  const leases = new Map(rows.map((row) => [keyOf(row), toLease(row)]))
  return asked.map(({ subject }) => {
    const lease = leases.get(keyOf(subject)) ?? null
    // Of those who ask for the same connection at once, the first has it.
    leases.delete(keyOf(subject))
    return lease
  })
}

function toRows(asked: readonly Asked[]) {
  const firsts = asked.filter(({ subject }, index) => asked.findIndex((other) => keyOf(other.subject) === keyOf(subject)) === index)
  return firsts.map(({ subject, reason, seenVersion, blockedUpstreams }, turn) => ({
    turn, id: subject.id, organization_id: subject.organizationId, insists: isInsistent(reason), states: statesFor(reason),
    seen_version: seenVersion, blocked: blockedUpstreams,
  }))
}

const keyOf = ({ id, organizationId }: RefreshSubject) => `${organizationId} ${id}`

/** Once it is known that the grant is dead, only a person may try again; and nobody where an owner gave it up. */
function statesFor(reason: RefreshReason): string[] {
  return reason === 'manual' ? ['connected', 'refresh_failing', 'reconnect_required'] : ['connected', 'refresh_failing']
}
