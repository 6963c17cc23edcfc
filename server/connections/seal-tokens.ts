import 'server-only'
import { requireKeys } from '../crypto/require-keys'
import { seal } from '../crypto/seal'
import type { RefreshToken } from '../crypto/tokens'
import type { TokenGrant } from '../octorate/code-exchange'
import type { RawAnswer } from '../octorate/raw-answer'
import { accessTokenContext, refreshTokenContext } from './token-context'

interface Target {
  readonly organizationId: string
  readonly connectionId: string
  /** Versions stored now; null for a new connection. */
  readonly stored: { readonly accessTokenVersion: number; readonly refreshTokenVersion: number } | null
}

/**
 * The columns that a grant changes, its tokens sealed at the next version. A refresh token that did not come is left
 * out, so the stored one stays (contract, "Refresh").
 */
export function sealTokens({ organizationId, connectionId, stored }: Target, grant: TokenGrant, answer: RawAnswer) {
  const keys = requireKeys()
  const place = { organizationId, connectionId }
  const accessTokenVersion = (stored?.accessTokenVersion ?? 0) + 1
  return {
    accessTokenSealed: seal(keys, accessTokenContext({ ...place, version: accessTokenVersion }), grant.accessToken.reveal()),
    accessTokenVersion,
    accessIssuedAt: answer.receivedAt,
    accessExpiresAt: grant.expiresAt,
    expirySource: grant.expirySource,
    expiryFlagged: grant.expiryFlagged,
    ...(grant.refreshToken && sealRefreshToken({ organizationId, connectionId, stored }, grant.refreshToken)),
  }
}

/** Those of the refresh token alone. */
export function sealRefreshToken({ organizationId, connectionId, stored }: Target, token: RefreshToken) {
  const version = (stored?.refreshTokenVersion ?? 0) + 1
  return {
    refreshTokenSealed: seal(requireKeys(), refreshTokenContext({ organizationId, connectionId, version }), token.reveal()),
    refreshTokenVersion: version,
  }
}
