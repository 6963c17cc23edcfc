import { accessToken, refreshToken, type OldApiKey } from '@/server/crypto/tokens'
import type { TokenGrant } from './code-exchange'
import type { RawAnswer } from './raw-answer'
import { nonconformance } from './read-answer'
import { readTokenAnswer, toExpiry, type TokenPolicy } from './token-grant'
import type { Transport } from './transport'
import { REFRESH_LIMITS, type UpstreamRequest } from './upstream-request'
import { migrateForm } from './wire'

export interface MigrateInput {
  /** Full address, from `upstreamUrls(…).migrate`. */
  readonly url: string
  readonly oldKey: OldApiKey
  readonly propertyId: string
}

/** The request that turns an old key into tokens (contract, "Migration of old keys"). It is not safe to repeat. */
export function migrateRequest({ url, oldKey, propertyId }: MigrateInput): UpstreamRequest {
  return { call: 'migrate', method: 'POST', url, bearer: null, body: { kind: 'form', fields: migrateForm(propertyId) }, limits: REFRESH_LIMITS, oldKey, isBulk: true }
}

/** Sends an old key. Commit the answer before reading it with {@link processMigrateResponse}: it can't be asked for again. */
export function sendMigrate(transport: Transport, input: MigrateInput): Promise<RawAnswer> {
  return transport(migrateRequest(input))
}

/** An answer without a refresh token would be good for a day only, and never again. @throws upstream errors */
export function processMigrateResponse(answer: RawAnswer, policy: TokenPolicy): TokenGrant {
  const token = readTokenAnswer('migrate', answer, policy)
  if (token.refreshToken === null) throw nonconformance('migrate', answer, { reason: 'shape', fault: 'no_refresh_token' })
  return { accessToken: accessToken(token.accessToken), refreshToken: refreshToken(token.refreshToken), ...toExpiry(token) }
}
