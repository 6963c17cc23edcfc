import 'server-only'
import { db, type Transaction } from '../db'
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

interface Asked {
  readonly organizationId: string
  readonly keyId: string
}

type Reader = Pick<Transaction, '$queryRaw'>

/** From where a key was used since an instant, by whole hours, the busiest first. */
export function findRequests({ organizationId, keyId, since }: Asked & { readonly since: Date }, tx: Reader = db()): Promise<RequestsFrom[]> {
  return tx.$queryRaw<RequestsFrom[]>`
    SELECT address, sum(count)::float8 AS requests, max(hour) AS "lastAt" FROM key_requests
    WHERE machine_key_id = ${keyId}::uuid AND organization_id = ${organizationId}::uuid AND hour >= ${since}
    GROUP BY address ORDER BY requests DESC, address`
}

/** The hour in which the last 24 h began. */
export function dayAgo(): Date {
  return new Date(Math.floor((getRuntime().clock().getTime() - DAY_MS) / HOUR_MS) * HOUR_MS)
}

/** Addresses from which a key was used in the last 24 h. */
export async function findAddressesInUse(asked: Asked, tx: Reader = db()): Promise<string[]> {
  return (await findRequests({ ...asked, since: dayAgo() }, tx)).map(({ address }) => address)
}
