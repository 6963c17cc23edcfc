import 'server-only'
import { dueAt } from '@/lib/refresh/due-at'
import { randomUUID } from 'node:crypto'
import { lineageOf } from '../connections/lineage'
import { sealTokens } from '../connections/seal-tokens'
import { inGroups } from '../database/in-groups'
import type { JournalEntry } from '../journal/journal-entry'
import type { TokenGrant } from '../octorate/code-exchange'
import type { RawAnswer } from '../octorate/raw-answer'
import { getRuntime, once } from '../runtime'
import { inSpan } from '../tracing/in-span'
import type { Lease } from './lease'

interface Grant {
  readonly lease: Lease
  readonly entry: JournalEntry
  readonly answer: RawAnswer
  readonly grant: TokenGrant
}

/**
 * Saves the tokens of a refresh with its journal row, its lineage and its lease, in one statement for all that come at the
 * same time. It asks for exactly the row that was leased; when that has changed meanwhile, nothing is written, and the
 * slower way has to look.
 *
 * @returns whether the tokens are stored.
 */
export function settleFast(grant: Grant): Promise<boolean> {
  const settle = once('refresh settler', () => inGroups(settleAll, { atOnce: 2, most: 64, crowdMs: 60 }))
  return inSpan({ name: 'database settle' }, () => settle(grant))
}

async function settleAll(grants: readonly Grant[]): Promise<readonly boolean[]> {
  const { pool, clock, processId } = getRuntime()
  const now = clock()
  const rows = grants.map((grant) => toRow(grant, now))
  const { rows: stored } = await pool.query<{ entryId: string }>(
    `WITH input AS (
       SELECT * FROM json_to_recordset($1::json) AS t(
         entry_id uuid, connection_id uuid, organization_id uuid, fence int, sent_version int, seen_version int,
         access_token_sealed text, access_issued_at timestamptz, access_expires_at timestamptz, expiry_source text,
         expiry_flagged boolean, refresh_token_sealed text, next_refresh_at timestamptz, lineage_id uuid,
         access_fingerprint text, refresh_fingerprint text, drift_ms int, duration_ms int, upstream_request_id text)
     ), waiting AS (
       SELECT j.id FROM grant_journal j JOIN input i ON i.entry_id = j.id WHERE j.state <> 'applied' FOR UPDATE OF j
     ), stored AS (
       UPDATE connections c SET
         access_token_sealed = i.access_token_sealed, access_token_version = c.access_token_version + 1,
         access_issued_at = i.access_issued_at, access_expires_at = i.access_expires_at,
         expiry_source = i.expiry_source, expiry_flagged = i.expiry_flagged,
         refresh_token_sealed = coalesce(i.refresh_token_sealed, c.refresh_token_sealed),
         refresh_token_version = c.refresh_token_version + (i.refresh_token_sealed IS NOT NULL)::int,
         last_refresh_at = $2, last_refresh_outcome = 'ok', next_refresh_at = i.next_refresh_at, refresh_failures = 0,
         state = 'connected', cause = NULL, state_since = CASE WHEN c.state = 'connected' THEN c.state_since ELSE $2 END,
         lease_owner = CASE WHEN c.fence = i.fence AND c.lease_owner = $3 THEN NULL ELSE c.lease_owner END,
         lease_until = CASE WHEN c.fence = i.fence AND c.lease_owner = $3 THEN NULL ELSE c.lease_until END,
         updated_at = $2
       FROM input i JOIN waiting ON waiting.id = i.entry_id
       WHERE c.id = i.connection_id AND c.organization_id = i.organization_id AND c.state <> 'disconnected'
         AND c.refresh_token_version = i.sent_version AND c.access_token_version = i.seen_version
         AND (c.access_dropped_fence IS NULL OR c.access_dropped_fence < i.fence)
       RETURNING i.entry_id
     ), applied AS (
       UPDATE grant_journal j SET state = 'applied', settled_at = $2, answer_sealed = NULL, last_error = NULL
       FROM stored WHERE j.id = stored.entry_id
     ), lineage AS (
       INSERT INTO token_lineage (id, organization_id, connection_id, at, origin, access_fingerprint, refresh_fingerprint,
         refresh_replaced, access_expires_at, expiry_source, drift_ms, duration_ms, upstream_request_id)
       SELECT i.lineage_id, i.organization_id, i.connection_id, $2, 'refresh', i.access_fingerprint, i.refresh_fingerprint,
         i.refresh_token_sealed IS NOT NULL, i.access_expires_at, i.expiry_source, i.drift_ms, i.duration_ms, i.upstream_request_id
       FROM input i JOIN stored ON stored.entry_id = i.entry_id
     )
     SELECT entry_id AS "entryId" FROM stored`,
    [JSON.stringify(rows), now, processId],
  )
  const ids = new Set(stored.map(({ entryId }) => entryId))
  return grants.map(({ entry }) => ids.has(entry.id))
}

function toRow({ lease, entry, answer, grant }: Grant, now: Date) {
  const { id: connectionId, organizationId } = lease
  const tokens = sealTokens({ organizationId, connectionId, stored: lease }, grant, answer)
  const lineage = lineageOf({ organizationId, connectionId, origin: 'refresh', grant, answer, now })
  return {
    entry_id: entry.id,
    connection_id: connectionId,
    organization_id: organizationId,
    fence: lease.fence,
    sent_version: entry.sentVersion,
    seen_version: lease.accessTokenVersion,
    access_token_sealed: tokens.accessTokenSealed,
    access_issued_at: tokens.accessIssuedAt,
    access_expires_at: tokens.accessExpiresAt,
    expiry_source: tokens.expirySource,
    expiry_flagged: tokens.expiryFlagged,
    refresh_token_sealed: tokens.refreshTokenSealed ?? null,
    next_refresh_at: dueAt({ connectionId, issuedAt: answer.receivedAt, expiresAt: grant.expiresAt }),
    lineage_id: randomUUID(),
    access_fingerprint: lineage.accessFingerprint,
    refresh_fingerprint: lineage.refreshFingerprint,
    drift_ms: lineage.driftMs,
    duration_ms: lineage.durationMs,
    upstream_request_id: lineage.upstreamRequestId,
  }
}
