import 'server-only'
import type { RefreshFailingCause } from '@/lib/connection-status'
import { REFUSED_GAP_MS } from '@/lib/refresh/pace'
import type { Transaction } from '../db'
import { getRuntime } from '../runtime'
import { lookNow } from '../until-work'

/** Rows that are locked together: whoever settles one of them at the same moment waits for no more than that. */
const AT_ONCE = 500

/** Octorate answers again: what waited because it did not is due now; the lanes keep the pace. */
export function releaseUpstream(upstreamId: string): Promise<void> {
  return release(`cause = 'upstream_unreachable' AND api_client_id IN (SELECT id FROM api_clients WHERE upstream_id = $2)`, [upstreamId])
}

/** A refresh of this API client succeeded where others failed for a cause that they share: they are due now. */
export function releaseApiClient(apiClientId: string, cause: RefreshFailingCause): Promise<void> {
  return release('cause = $3 AND api_client_id = $2', [apiClientId, cause])
}

/** The API client is good again, as a refresh showed or a new secret promises: the alarm ends and its lane opens. */
export async function acceptApiClient(tx: Pick<Transaction, '$executeRaw'>, apiClientId: string): Promise<void> {
  await tx.$executeRaw`UPDATE api_clients SET refused_at = NULL WHERE id = ${apiClientId}::uuid AND refused_at IS NOT NULL`
  await tx.$executeRaw`UPDATE refresh_lanes SET gap_ms = 0, next_slot_at = clock_timestamp() WHERE api_client_id = ${apiClientId}::uuid AND gap_ms >= ${REFUSED_GAP_MS}`
}

/** Some after the other, past those that somebody has in hand: what these learn is newer. */
async function release(which: string, values: readonly string[]): Promise<void> {
  const { pool, clock } = getRuntime()
  const now = clock()
  for (;;) {
    const { rowCount } = await pool.query(
      `UPDATE connections SET next_refresh_at = $1, updated_at = $1 WHERE id IN (
         SELECT id FROM connections WHERE state = 'refresh_failing' AND next_refresh_at > $1 AND ${which}
         LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED)`,
      [now, ...values],
    )
    if ((rowCount ?? 0) < AT_ONCE) return lookNow()
  }
}
