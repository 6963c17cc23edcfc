import 'server-only'
import type { Environment } from '@/contracts/api-clients'
import { RecentMap } from '@/lib/recent-map'
import type { TokenLife } from '@/lib/token-life'
import { accessTokenContext } from '../connections/token-context'
import type { SealedTokenRow, TokenRowKey } from '../connections/token-rows'
import { requireKeys } from '../crypto/require-keys'
import { open } from '../crypto/seal'
import { tokenFingerprint } from '../crypto/token-fingerprint'
import { accessToken, type AccessToken } from '../crypto/tokens'
import { once } from '../runtime'

/** A connection's access token, opened, with what the row said beside it. */
export interface HeldToken extends TokenLife {
  readonly version: number
  readonly token: AccessToken
  /** First 16 hexadecimal digits of its SHA-256. */
  readonly fingerprint: string
  readonly organizationId: string
  readonly environment: Environment
  /** The instants as they are answered. */
  readonly issuedAt: string
  readonly expiresAt: string
}

/** Some 800 bytes each. */
const MOST_HELD = 20_000

const held = () => once('held access tokens', () => new RecentMap<string, HeldToken>(MOST_HELD))

/** The opened token that memory has. Whether it may be used is for the row to say, not for memory. */
export function recallToken({ id, organizationId, environment }: TokenRowKey): HeldToken | null {
  const found = held().get(id)
  return found?.organizationId === organizationId && found.environment === environment ? found : null
}

/** Opens a stored token and keeps it in memory. @throws SealError; null when none is stored. */
export function openToken({ id, organizationId, environment }: TokenRowKey, row: SealedTokenRow): HeldToken | null {
  if (row.sealed === null) return null
  const { version, issuedAtMs, expiresAtMs } = row
  const text = open(requireKeys(), accessTokenContext({ organizationId, connectionId: id, version }), row.sealed)
  const opened = {
    version, issuedAtMs, expiresAtMs, organizationId, environment, token: accessToken(text), fingerprint: tokenFingerprint(text),
    issuedAt: new Date(issuedAtMs).toISOString(), expiresAt: new Date(expiresAtMs).toISOString(),
  }
  held().set(id, opened)
  return opened
}

export function forgetToken(connectionId: string): void {
  held().delete(connectionId)
}
