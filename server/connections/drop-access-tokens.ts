import 'server-only'
import { gapOf } from '@/lib/refresh/pace'
import type { Transaction } from '../db'
import { getRuntime } from '../runtime'
import { inScope, lockSome, type Batch, type Scope } from './in-scope'

/**
 * Has some stored access tokens forgotten, each once in an incident. The refresh token stays. Each connection is due
 * later than the one before by the pace of its API client, as in a top up; one that backs off keeps its turn, and whoever
 * asks comes first as always. The lease, and what is sent under it, goes on: of its answer the access token is not kept.
 *
 * @returns ids of those connections
 */
export async function dropAccessTokens(tx: Transaction, scope: Scope, batch: Batch): Promise<string[]> {
  const { since, begunAt, now } = batch
  const gapMs = gapOf(getRuntime().env.KEYRACK_REFRESH_RATE)
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH locked AS (
      SELECT c.id, c.api_client_id, c.access_expires_at FROM connections c
      WHERE ${inScope(scope)} AND c.access_token_sealed IS NOT NULL AND (c.access_dropped_at IS NULL OR c.access_dropped_at < ${since})
      ORDER BY c.api_client_id, c.access_expires_at, c.id
      ${lockSome(batch)}
    ), earlier AS (
      SELECT d.api_client_id, count(*) AS dropped FROM connections d
      WHERE d.organization_id = ${scope.organizationId}::uuid AND d.access_dropped_at >= ${begunAt} GROUP BY 1
    ), turns AS (
      SELECT l.id, ${gapMs}::float8 * (coalesce(e.dropped, 0) + row_number() OVER (PARTITION BY l.api_client_id ORDER BY l.access_expires_at, l.id) - 1) AS wait_ms
      FROM locked l LEFT JOIN earlier e ON e.api_client_id = l.api_client_id
    )
    UPDATE connections c SET
      access_token_sealed = NULL, access_expires_at = least(c.access_expires_at, ${now}::timestamptz),
      access_dropped_at = ${now}, access_dropped_fence = c.fence, updated_at = ${now},
      next_refresh_at = CASE
        WHEN c.refresh_token_sealed IS NULL OR c.state = 'reconnect_required' OR (c.state = 'refresh_failing' AND c.next_refresh_at IS NOT NULL)
          THEN c.next_refresh_at
        ELSE least(c.next_refresh_at, ${begunAt}::timestamptz + turns.wait_ms * interval '1 millisecond') END
    FROM turns WHERE turns.id = c.id
    RETURNING c.id`
  return rows.map(({ id }) => id)
}
