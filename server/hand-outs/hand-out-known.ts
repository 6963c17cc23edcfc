import 'server-only'
import { livesLongEnough } from '@/lib/token-life'
import type { TokenWish } from './find-token'
import { originOf, type HandOutEntry } from './hand-out-entry'
import { recallToken, type HeldToken } from './held-token'
import { isKnownOrigin } from './known-origins'
import { recordHandOut } from './ledger'

/**
 * The way of almost every call: the token is in memory, lives long enough and was given to this address before. One
 * statement confirms that the row is still that, and writes the hand-out down. Null when the row must be read.
 */
export async function handOutKnown(entry: HandOutEntry, { minTtl, mostAgeMs }: TokenWish): Promise<HeldToken | null> {
  const { caller } = entry.actor
  // What a list allows depends on what the connection covers by now.
  if (caller.properties !== null || mostAgeMs !== undefined) return null
  const held = recallToken({ id: entry.connectionId, organizationId: caller.organizationId, environment: caller.environment })
  if (!held || !livesLongEnough(held, minTtl, entry.at.getTime())) return null
  const origin = originOf(entry)
  return isKnownOrigin(origin) && (await recordHandOut(entry, held, origin)) ? held : null
}
