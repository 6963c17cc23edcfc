import { getRuntime } from '../runtime'

/** A call waits for its key and then for what it asks for: both together are not much more than one wait for a connection. */
const SHARE = 0.7

/** How long a caller waits for a statement that many share. */
export function callersWaitMs(): number {
  return SHARE * (getRuntime().pool.options.connectionTimeoutMillis ?? Number.POSITIVE_INFINITY)
}
