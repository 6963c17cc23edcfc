import 'server-only'
import { getRuntime } from '../runtime'
import { MOST_LINEAGE } from './get-connection'

const KEPT_DAYS = 400
const DAY_MS = 24 * 60 * 60_000
const MOST_AT_ONCE = 5_000

/** By the index over connection and time, connection for connection; what the page shows stays, however old it is. */
const SQL = `DELETE FROM token_lineage WHERE id IN (
  SELECT old.id FROM connections c CROSS JOIN LATERAL (
    SELECT t.id FROM token_lineage t
    WHERE t.connection_id = c.id AND t.at < $1
      AND t.at < (SELECT k.at FROM token_lineage k WHERE k.connection_id = c.id ORDER BY k.at DESC OFFSET $3 LIMIT 1)
    ORDER BY t.at LIMIT $2 FOR UPDATE SKIP LOCKED
  ) old LIMIT $2)`

/**
 * Forgets how tokens came more than 400 days ago, except for the latest of each connection that its page shows; at most
 * `most` at a time. @returns how many
 */
export async function pruneLineage(now: Date, most = MOST_AT_ONCE): Promise<number> {
  const values = [new Date(now.getTime() - KEPT_DAYS * DAY_MS), most, MOST_LINEAGE - 1]
  const { rowCount } = await getRuntime().pool.query(SQL, values)
  return rowCount ?? 0
}
