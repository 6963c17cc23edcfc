import 'server-only'
import { callersWaitMs } from '../database/callers-wait-ms'
import { inGroups } from '../database/in-groups'
import { metrics } from '../metrics/metrics'
import { once } from '../runtime'
import { inSpan } from '../tracing/in-span'
import { originOf, type HandOutEntry } from './hand-out-entry'
import type { HeldToken } from './held-token'
import { learnOrigins, rememberOrigin } from './known-origins'
import { writeLedger, type Known } from './write-ledger'

const MOST_IN_GROUP = 1_000
/** One at a time: larger groups cost less than the wait for the way to the database and back. */
const GROUPS_AT_ONCE = 1

/**
 * Writes down that a token is handed out, and resolves when that is durable: no row, no token. Hand-outs that arrive
 * while others are being written share the next statement. The first one of a key from an address leaves an audit event
 * in the same statement. Who is refused because it takes too long may be written down all the same, though no token left.
 *
 * @returns false, and writes nothing, when the connection has another token by now, or none, or is frozen: it was
 * refreshed, found dead or disconnected.
 */
export function recordHandOut(entry: HandOutEntry, held: HeldToken, origin = originOf(entry)): Promise<boolean> {
  const write = once('ledger of hand-outs', () => inGroups(writeGroup, { atOnce: GROUPS_AT_ONCE, most: MOST_IN_GROUP, waitMs: callersWaitMs }))
  return inSpan({ name: 'database ledger' }, () => write({ entry, held, origin }))
}

async function writeGroup(group: readonly Known[]): Promise<boolean[]> {
  const isFirst = !(await learnOrigins(group))
  const isConfirmed = await writeLedger(group, { isFirst })
  if (isFirst) for (const [index, { origin }] of group.entries()) if (isConfirmed[index]) rememberOrigin(origin)
  metrics().handOuts.inc(isConfirmed.reduce((count, each) => count + Number(each), 0))
  return isConfirmed
}
