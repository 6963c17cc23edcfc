import 'server-only'
import { OPERATOR_ASKED } from '@/lib/connection-status'
import type { Transaction } from '../db'
import { inScope, lockSome, type Batch, type Scope } from './in-scope'

/**
 * Gives up the grants of some connections: only a new consent makes them well again. Their access tokens are erased; the
 * refresh token stays, for none is ever lost, but nobody sends it any more. Of a refresh that is under way the access
 * token is not kept, and how it ends says nothing of the connection. A consent that came since this incident has reached a
 * connection is a new grant, and stays.
 *
 * @returns ids of those connections
 */
export async function askForConsent(tx: Transaction, scope: Scope, batch: Batch): Promise<string[]> {
  const { now, since, begunAt } = batch
  // Who names one connection means the consent of a minute ago, too.
  const given = scope.target.kind === 'connection' ? begunAt : null
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH locked AS (
      SELECT c.id FROM connections c
      WHERE ${inScope(scope)} AND c.cause IS DISTINCT FROM ${OPERATOR_ASKED}
        AND NOT (coalesce(c.access_dropped_at >= ${since}, false) AND EXISTS (
          SELECT 1 FROM token_lineage t WHERE t.connection_id = c.id AND t.origin = 'code' AND t.at >= greatest(c.access_dropped_at, ${given}::timestamptz)
        ))
      ORDER BY c.id
      ${lockSome(batch)}
    )
    UPDATE connections c SET
      state = 'reconnect_required', cause = ${OPERATOR_ASKED}, state_since = ${now}, next_refresh_at = NULL,
      access_token_sealed = NULL, access_expires_at = least(c.access_expires_at, ${now}::timestamptz),
      access_dropped_at = ${now}, access_dropped_fence = c.fence,
      updated_at = ${now}
    FROM locked WHERE locked.id = c.id
    RETURNING c.id`
  return rows.map(({ id }) => id)
}
