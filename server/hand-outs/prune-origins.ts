import 'server-only'
import { getRuntime } from '../runtime'
import { UNFOLDED } from './ledger-sql'
import { KEPT_DAYS } from './prune-ledger'

const DAY_MS = 24 * 60 * 60_000
const MOST_AT_ONCE = 5_000

/** Two processes that forget at the same time pass over each other's rows. */
const SQL = `DELETE FROM hand_out_origins WHERE (machine_key_id, connection_id, address) IN (
  SELECT o.machine_key_id, o.connection_id, o.address FROM hand_out_origins o
  WHERE o.first_at < $1 AND NOT EXISTS (
    SELECT 1 FROM hand_outs h WHERE h.machine_key_id = o.machine_key_id AND h.connection_id = o.connection_id AND h.address = o.address
  ) AND NOT EXISTS (
    SELECT 1 FROM ${UNFOLDED} u WHERE u.machine_key_id = o.machine_key_id AND u.connection_id = o.connection_id AND u.address = o.address
  ) LIMIT $2 FOR UPDATE OF o SKIP LOCKED)`

/**
 * Forgets from where a key was handed a connection's token when that was more than 400 days ago and the ledger has none
 * since, at most `most` at a time. Whoever comes from there again is new again, and an audit event. @returns how many
 */
export async function pruneOrigins(now: Date, most = MOST_AT_ONCE): Promise<number> {
  const { rowCount } = await getRuntime().pool.query(SQL, [new Date(now.getTime() - KEPT_DAYS * DAY_MS), most])
  return rowCount ?? 0
}
