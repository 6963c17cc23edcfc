import 'server-only'
import { getRuntime } from '../runtime'

export const KEPT_DAYS = 400
const DAY_MS = 24 * 60 * 60_000
const MOST_AT_ONCE = 5_000

/** Each organization's oldest rows, by the index over organization and minute; never a walk over the whole table. */
const SQL = `DELETE FROM hand_outs WHERE (machine_key_id, connection_id, address, minute) IN (
  SELECT old.machine_key_id, old.connection_id, old.address, old.minute
  FROM organizations o CROSS JOIN LATERAL (
    SELECT h.* FROM hand_outs h WHERE h.organization_id = o.id AND h.minute < $1 ORDER BY h.minute LIMIT $2
  ) old LIMIT $2)`

/** Forgets hand-outs of more than 400 days ago, at most `most` of them. @returns how many */
export async function pruneLedger(now: Date, most = MOST_AT_ONCE): Promise<number> {
  const { rowCount } = await getRuntime().pool.query(SQL, [new Date(now.getTime() - KEPT_DAYS * DAY_MS), most])
  return rowCount ?? 0
}
