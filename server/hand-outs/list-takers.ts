import 'server-only'
import { HAND_OUT_DAYS, MOST_HAND_OUT_ROWS, type Taker } from '@/contracts/hand-outs'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import { AppError } from '../http/app-error'
import { getRuntime } from '../runtime'
import { LEDGER } from './ledger-sql'

const DAY_MS = 24 * 60 * 60 * 1000

interface Row {
  readonly id: string
  readonly name: string
  readonly environment: Taker['machineKey']['environment']
  readonly last4: string
  readonly address: string
  readonly first_at: Date
  readonly last_at: Date
  readonly in_day: number
  readonly in_30_days: number
}

/** A connection has a row for each key, address and minute: grouped by the index over connection and minute. */
const SQL = `
  SELECT k.id, k.name, k.environment, k.last4, h.address, o.first_at, h.last_at, h.in_day, h.in_30_days
  FROM (
    SELECT machine_key_id, address, max(minute) AS last_at, sum(count)::int AS in_30_days,
      coalesce(sum(count) FILTER (WHERE minute >= $3), 0)::int AS in_day
    FROM ${LEDGER} l WHERE connection_id = $1 AND organization_id = $2 AND minute >= $4
    GROUP BY machine_key_id, address
  ) h
  JOIN machine_keys k ON k.id = h.machine_key_id AND k.organization_id = $2
  JOIN hand_out_origins o ON o.machine_key_id = h.machine_key_id AND o.connection_id = $1 AND o.address = h.address
  ORDER BY h.last_at DESC, k.id, h.address LIMIT $5`

/**
 * Who was handed the connection's access tokens in the last thirty days: by key and address, the latest first.
 *
 * @throws AppError `not_found`, also for another organization's.
 */
export async function listTakers({ organizationId }: Viewer, connectionId: string): Promise<{ items: Taker[] }> {
  if ((await db().connection.count({ where: { id: connectionId, organizationId } })) === 0) throw new AppError('not_found')
  const nowMs = getRuntime().clock().getTime()
  const since = (days: number) => new Date(nowMs - days * DAY_MS)
  const { rows } = await getRuntime().pool.query<Row>(SQL, [connectionId, organizationId, since(1), since(HAND_OUT_DAYS), MOST_HAND_OUT_ROWS])
  return {
    items: rows.map(({ id, name, environment, last4, address, ...row }) => ({
      machineKey: { id, name, environment, last4 },
      address,
      firstAt: row.first_at.toISOString(),
      lastAt: row.last_at.toISOString(),
      inDay: row.in_day,
      in30Days: row.in_30_days,
    })),
  }
}
