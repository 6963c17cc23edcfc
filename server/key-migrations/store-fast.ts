import 'server-only'
import { randomUUID } from 'node:crypto'
import { dueAt } from '@/lib/refresh/due-at'
import { gapOf } from '@/lib/refresh/pace'
import { lineageOf } from '../connections/lineage'
import { sealTokens } from '../connections/seal-tokens'
import { searchText } from '../connections/store-grant'
import { inGroups } from '../database/in-groups'
import { isDatabaseUnavailable } from '../database/is-database-unavailable'
import type { JournalEntry } from '../journal/journal-entry'
import type { TokenGrant } from '../octorate/code-exchange'
import type { RawAnswer } from '../octorate/raw-answer'
import { LEASE_MS, leaseOfNew, type Lease } from '../refresh/lease'
import { getRuntime, once } from '../runtime'
import { claimedDiscovery, claimedIdentity } from './claimed-identity'
import type { SettledLine } from './settle-migration'
import { VERIFY_CLAIM_MS } from './store-slowly'

export interface GrantedLine {
  readonly line: SettledLine
  readonly entry: JournalEntry
  readonly answer: RawAnswer
  readonly grant: TokenGrant
}

interface Fresh extends GrantedLine {
  /** Whoever stores it goes on with it: where no lane paces that, the connection is leased to this process from the start. */
  readonly isVerifiedNow: boolean
}

interface Created {
  readonly connectionId: string
  readonly lease?: Lease
}

/**
 * Saves the tokens of new connections with their journal rows, properties, lineage and lines, in one statement for all
 * that come at the same time. Where there is a connection for the property already, or the answer waits in the spool,
 * nothing is written, and the slower way has to look.
 *
 * @returns the connection, or null.
 */
export async function storeFast(granted: Fresh): Promise<Created | null> {
  try {
    return await once('key migration store', () => inGroups(storeAll, { atOnce: 2, most: 64, crowdMs: 60 }))(granted)
  } catch (error) {
    if (isDatabaseUnavailable(error)) throw error
    return null
  }
}

async function storeAll(granted: readonly Fresh[]): Promise<readonly (Created | null)[]> {
  const { pool, clock, env, processId } = getRuntime()
  const now = clock()
  const input = granted.map(toRow)
  const sendAt = performance.now()
  const { rows } = await pool.query<{ id: string; isLeased: boolean }>(
    `WITH input AS (
       SELECT * FROM json_to_recordset($1::json) AS t(
         entry_id uuid, migration_id uuid, number int, id uuid, organization_id uuid, api_client_id uuid, identity text, name text,
         search_text text, environment environment, user_id uuid, property_id uuid, upstream_id text,
         access_token_sealed text, access_issued_at timestamptz, access_expires_at timestamptz, expiry_source text,
         expiry_flagged boolean, refresh_token_sealed text, next_refresh_at timestamptz, lineage_id uuid,
         access_fingerprint text, refresh_fingerprint text, drift_ms int, duration_ms int, upstream_request_id text, is_verified_now boolean,
         client_secret_version int, called_upstream_id text, api_version text)
     ), waiting AS (
       SELECT j.id FROM grant_journal j JOIN input i ON i.entry_id = j.id WHERE j.state <> 'applied' FOR UPDATE OF j
     ), unpaced AS (
       SELECT a.id, a.client_secret_version, a.upstream_id, a.api_version FROM refresh_lanes lane JOIN api_clients a ON a.id = lane.api_client_id
       WHERE $4::float8 = 0 AND lane.gap_ms = 0 AND lane.next_slot_at <= clock_timestamp() AND a.id IN (SELECT api_client_id FROM input)
         AND a.deleted_at IS NULL AND a.refused_at IS NULL
     ), stored AS (
       INSERT INTO connections (id, organization_id, api_client_id, identity, name, search_text, environment, state_since, origin,
         connected_by_user_id, access_token_sealed, access_issued_at, access_expires_at, expiry_source, expiry_flagged,
         refresh_token_sealed, last_refresh_at, next_refresh_at, created_at, updated_at, lease_owner, lease_until, fence)
       SELECT i.id, i.organization_id, i.api_client_id, i.identity, i.name, i.search_text, i.environment, $2, 'migrate',
         i.user_id, i.access_token_sealed, i.access_issued_at, i.access_expires_at, i.expiry_source, i.expiry_flagged,
         i.refresh_token_sealed, $2, i.next_refresh_at, $2, $2,
         CASE WHEN is_leased THEN $5 END, CASE WHEN is_leased THEN clock_timestamp() + $6 * interval '1 millisecond' END, is_leased::int
       FROM input i JOIN waiting ON waiting.id = i.entry_id
         CROSS JOIN LATERAL (
           SELECT i.is_verified_now AND i.refresh_token_sealed IS NOT NULL AND (i.access_expires_at <= i.access_issued_at) IS NOT TRUE
             AND EXISTS (
               SELECT 1 FROM unpaced a WHERE a.id = i.api_client_id AND a.client_secret_version = i.client_secret_version
                 AND a.upstream_id = i.called_upstream_id AND a.api_version = i.api_version
             ) AS is_leased
         ) AS own
       ON CONFLICT DO NOTHING RETURNING id, lease_owner IS NOT NULL AS is_leased
     ), covered AS (
       INSERT INTO properties (id, organization_id, connection_id, upstream_id, name, created_at)
       SELECT i.property_id, i.organization_id, i.id, i.upstream_id, i.name, $2 FROM input i JOIN stored ON stored.id = i.id
     ), lineage AS (
       INSERT INTO token_lineage (id, organization_id, connection_id, at, origin, access_fingerprint, refresh_fingerprint,
         refresh_replaced, access_expires_at, expiry_source, drift_ms, duration_ms, upstream_request_id)
       SELECT i.lineage_id, i.organization_id, i.id, $2, 'migrate', i.access_fingerprint, i.refresh_fingerprint, true,
         i.access_expires_at, i.expiry_source, i.drift_ms, i.duration_ms, i.upstream_request_id
       FROM input i JOIN stored ON stored.id = i.id
     ), applied AS (
       UPDATE grant_journal j SET state = 'applied', settled_at = $2, answer_sealed = NULL, last_error = NULL
       FROM input i JOIN stored ON stored.id = i.id WHERE j.id = i.entry_id
     ), lines AS (
       UPDATE key_lines l SET state = 'stored', reason = NULL, next_try_at = $3, updated_at = $2
       FROM input i JOIN stored ON stored.id = i.id
       WHERE l.migration_id = i.migration_id AND l.number = i.number AND l.state <> 'verified'
     )
     SELECT id, is_leased AS "isLeased" FROM stored`,
    [JSON.stringify(input), now, new Date(now.getTime() + VERIFY_CLAIM_MS), gapOf(env.KEYRACK_REFRESH_RATE), processId, LEASE_MS],
  )
  const leased = new Map(rows.map(({ id, isLeased }) => [id, isLeased]))
  return input.map((row, index) => {
    const isLeased = leased.get(row.id)
    const apiClient = granted[index]?.line.migration.apiClient
    if (isLeased === undefined || !apiClient) return null
    // One who runs a lease, should the same entry be there twice.
    leased.set(row.id, false)
    return { connectionId: row.id, ...(isLeased ? { lease: leaseOf(row, { apiClient, sendAt }) } : {}) }
  })
}

function leaseOf(row: ReturnType<typeof toRow>, known: Pick<Lease, 'apiClient' | 'sendAt'>): Lease {
  return leaseOfNew({
    id: row.id, organizationId: row.organization_id, refreshTokenSealed: row.refresh_token_sealed, nextRefreshAt: row.next_refresh_at, ...known,
  })
}

function toRow({ line, entry, answer, grant, isVerifiedNow }: Fresh) {
  const { organizationId, connectionId, migration, number, propertyId } = line
  const tokens = sealTokens({ organizationId, connectionId, stored: null }, grant, answer)
  const lineage = lineageOf({ organizationId, connectionId, origin: 'migrate', grant, answer, now: answer.receivedAt })
  const { identity, name } = claimedIdentity(line)
  return {
    entry_id: entry.id, migration_id: migration.id, number, id: connectionId, organization_id: organizationId,
    api_client_id: migration.apiClientId, identity, name, search_text: searchText(name, claimedDiscovery(line).properties),
    environment: migration.apiClient.environment, user_id: migration.actorKind === 'user' ? migration.actorId : null,
    property_id: randomUUID(), upstream_id: propertyId,
    access_token_sealed: tokens.accessTokenSealed, access_issued_at: tokens.accessIssuedAt, access_expires_at: tokens.accessExpiresAt,
    expiry_source: tokens.expirySource, expiry_flagged: tokens.expiryFlagged, refresh_token_sealed: tokens.refreshTokenSealed ?? null,
    next_refresh_at: dueAt({ connectionId, issuedAt: answer.receivedAt, expiresAt: grant.expiresAt }), lineage_id: randomUUID(),
    access_fingerprint: lineage.accessFingerprint, refresh_fingerprint: lineage.refreshFingerprint, drift_ms: lineage.driftMs,
    duration_ms: lineage.durationMs, upstream_request_id: lineage.upstreamRequestId, is_verified_now: isVerifiedNow,
    client_secret_version: migration.apiClient.clientSecretVersion, called_upstream_id: migration.apiClient.upstreamId, api_version: migration.apiClient.apiVersion,
  }
}
