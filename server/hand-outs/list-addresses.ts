import 'server-only'
import { MOST_HAND_OUT_ROWS, type HandOutAddress } from '@/contracts/hand-outs'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import { AppError } from '../http/app-error'
import { getRuntime } from '../runtime'
import { LEDGER } from './ledger-sql'

const HOUR_MS = 60 * 60 * 1000

interface Row {
  readonly address: string
  readonly first_at: Date
  readonly connections: number
  readonly in_hour: number
}

/** A key may have millions of rows in the ledger: all that ever was is read from the origins, and only an hour is counted. */
const SQL = `
  SELECT o.address, o.first_at, o.connections, coalesce(h.in_hour, 0)::int AS in_hour
  FROM (
    SELECT address, min(first_at) AS first_at, count(*)::int AS connections
    FROM hand_out_origins WHERE machine_key_id = $1 GROUP BY address
  ) o
  LEFT JOIN (
    SELECT address, sum(count) AS in_hour
    FROM ${LEDGER} l WHERE organization_id = $2 AND minute >= $3 AND machine_key_id = $1 GROUP BY address
  ) h ON h.address = o.address
  ORDER BY o.first_at DESC, o.address LIMIT $4`

/**
 * From where the key was handed access tokens, as far as that is kept, the newest address first: one that nobody expects shows at the top.
 *
 * @throws AppError `not_found`, also for another organization's.
 */
export async function listAddresses({ organizationId }: Viewer, keyId: string): Promise<{ items: HandOutAddress[] }> {
  if ((await db().machineKey.count({ where: { id: keyId, organizationId } })) === 0) throw new AppError('not_found')
  const since = new Date(getRuntime().clock().getTime() - HOUR_MS)
  const { rows } = await getRuntime().pool.query<Row>(SQL, [keyId, organizationId, since, MOST_HAND_OUT_ROWS])
  return {
    items: rows.map((row) => ({ address: row.address, firstAt: row.first_at.toISOString(), connections: row.connections, inHour: row.in_hour })),
  }
}
