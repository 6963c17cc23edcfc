import 'server-only'
import { createHash } from 'node:crypto'
import { RecentMap } from '@/lib/recent-map'
import { accessTokenContext } from '../connections/token-context'
import type { SealedTokenRow } from '../connections/token-rows'
import { requireKeys } from '../crypto/require-keys'
import { open } from '../crypto/seal'
import { accessToken, type AccessToken } from '../crypto/tokens'
import { once } from '../runtime'

/** A connection's access token, opened, with what is told beside it. */
export interface HeldToken {
  readonly version: number
  readonly token: AccessToken
  /** First 16 hexadecimal digits of its SHA-256. */
  readonly fingerprint: string
}

/** Some 600 bytes each. */
const MOST_HELD = 20_000
const FINGERPRINT_CHARACTERS = 16

const held = () => once('held access tokens', () => new RecentMap<string, HeldToken>(MOST_HELD))

/** The opened token of this version, when memory has it. Whether it may be used is for the row to say, not for memory. */
export function recallToken(connectionId: string, version: number): HeldToken | null {
  const found = held().get(connectionId)
  return found?.version === version ? found : null
}

/** Opens a stored token and keeps it in memory. @throws SealError; null when none is stored. */
export function openToken(place: { connectionId: string; organizationId: string }, row: SealedTokenRow): HeldToken | null {
  if (row.sealed === null) return null
  const text = open(requireKeys(), accessTokenContext({ ...place, version: row.version }), row.sealed)
  const opened = { version: row.version, token: accessToken(text), fingerprint: fingerprintOf(text) }
  held().set(place.connectionId, opened)
  return opened
}

export function forgetToken(connectionId: string): void {
  held().delete(connectionId)
}

function fingerprintOf(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex').slice(0, FINGERPRINT_CHARACTERS)
}
