import 'server-only'
import { getRuntime } from '../runtime'

const HOUR_MS = 60 * 60_000
const DAY_MS = 24 * HOUR_MS

export interface RequestsFrom {
  /** As the front found it, or `unresolved`. */
  readonly address: string
  readonly requests: number
  /** The hour of the last one. */
  readonly lastAt: Date
}

/** From where a key was used since an instant, by whole hours, the busiest first. */
export async function findRequests(organizationId: string, keyId: string, since: Date): Promise<RequestsFrom[]> {
  const { rows } = await getRuntime().pool.query<{ address: string; requests: number; last_at: Date }>(
    `SELECT address, sum(count)::float8 AS requests, max(hour) AS last_at FROM key_requests
     WHERE machine_key_id = $1 AND organization_id = $2 AND hour >= $3 GROUP BY address ORDER BY requests DESC, address`,
    [keyId, organizationId, since],
  )
  return rows.map(({ address, requests, last_at: lastAt }) => ({ address, requests, lastAt }))
}

/** The hour in which the last 24 h began. */
export function dayAgo(): Date {
  return new Date(Math.floor((getRuntime().clock().getTime() - DAY_MS) / HOUR_MS) * HOUR_MS)
}

/** Addresses from which a key was used in the last 24 h. */
export async function findAddressesInUse(organizationId: string, keyId: string): Promise<string[]> {
  return (await findRequests(organizationId, keyId, dayAgo())).map(({ address }) => address)
}
