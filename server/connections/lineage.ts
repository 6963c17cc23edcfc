import 'server-only'
import { fingerprint } from '../crypto/digest'
import { requireKeys } from '../crypto/require-keys'
import type { GrantOrigin } from '../generated/prisma/client'
import type { TokenGrant } from '../octorate/code-exchange'
import type { RawAnswer } from '../octorate/raw-answer'
import { once } from '../runtime'

export interface LineageEntry {
  readonly organizationId: string
  readonly connectionId: string
  readonly origin: GrantOrigin
  readonly grant: TokenGrant
  readonly answer: RawAnswer
  readonly now: Date
}

/** What is remembered of where a token came from: fingerprints, never tokens. */
export function lineageOf({ grant, answer, ...entry }: LineageEntry) {
  const key = once('token fingerprint key', () => requireKeys().derive('token fingerprint'))
  return {
    organizationId: entry.organizationId,
    connectionId: entry.connectionId,
    at: entry.now,
    origin: entry.origin,
    accessFingerprint: fingerprint(key, grant.accessToken.reveal()),
    refreshFingerprint: grant.refreshToken ? fingerprint(key, grant.refreshToken.reveal()) : '',
    refreshReplaced: grant.refreshToken !== null,
    accessExpiresAt: grant.expiresAt,
    expirySource: grant.expirySource,
    driftMs: Math.trunc(grant.driftMs) || null,
    durationMs: answer.durationMs,
    upstreamRequestId: answer.headers.requestId,
  }
}
