import 'server-only'
import type { RefreshFailingCause } from '@/lib/connection-status'
import { REFUSED_GAP_MS } from '@/lib/refresh/pace'
import type { Transaction } from '../db'
import { getRuntime } from '../runtime'

/** Octorate answers again: what waited because it did not is due now; the lanes keep the pace. */
export async function releaseUpstream(upstreamId: string): Promise<void> {
  const { pool, clock } = getRuntime()
  await pool.query(
    `UPDATE connections c SET next_refresh_at = $2, updated_at = $2 FROM api_clients a
     WHERE a.id = c.api_client_id AND a.upstream_id = $1
       AND c.state = 'refresh_failing' AND c.cause = 'upstream_unreachable' AND c.next_refresh_at > $2`,
    [upstreamId, clock()],
  )
}

/** A refresh of this API client succeeded where others failed for a cause that they share: they are due now. */
export async function releaseApiClient(apiClientId: string, cause: RefreshFailingCause): Promise<void> {
  const { pool, clock } = getRuntime()
  await pool.query(
    `UPDATE connections SET next_refresh_at = $3, updated_at = $3
     WHERE api_client_id = $1 AND state = 'refresh_failing' AND cause = $2 AND next_refresh_at > $3`,
    [apiClientId, cause, clock()],
  )
}

/** The API client is good again, as a refresh showed or a new secret promises: the alarm ends and its lane opens. */
export async function acceptApiClient(tx: Pick<Transaction, '$executeRaw'>, apiClientId: string): Promise<void> {
  const now = getRuntime().clock()
  await tx.$executeRaw`UPDATE api_clients SET refused_at = NULL WHERE id = ${apiClientId}::uuid AND refused_at IS NOT NULL`
  await tx.$executeRaw`UPDATE refresh_lanes SET gap_ms = 0, next_slot_at = clock_timestamp() WHERE api_client_id = ${apiClientId}::uuid AND gap_ms >= ${REFUSED_GAP_MS}`
  await tx.$executeRaw`
    UPDATE connections SET next_refresh_at = ${now}, updated_at = ${now}
    WHERE api_client_id = ${apiClientId}::uuid AND state = 'refresh_failing' AND cause = 'api_client_refused' AND next_refresh_at > ${now}`
}
