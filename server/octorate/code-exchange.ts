import {
  accessToken,
  refreshToken,
  type AccessToken,
  type AuthorizationCode,
  type RefreshToken,
} from '@/server/crypto/tokens'
import type { RawAnswer } from './raw-answer'
import { readTokenAnswer, toExpiry, type Expiry, type TokenPolicy } from './token-grant'
import type { Transport } from './transport'
import { TOKEN_LIMITS, type UpstreamRequest } from './upstream-request'
import { codeExchangeForm, type ApiClientCredentials } from './wire'

export interface CodeExchangeInput extends ApiClientCredentials {
  /** Full address, from `upstreamUrls(…).token`. */
  readonly url: string
  /** Character for character the one that consent was asked with. */
  readonly redirectUri: string
  readonly code: AuthorizationCode
}

export interface TokenGrant extends Expiry {
  readonly accessToken: AccessToken
  /** Null when the answer has none: a stored one is kept then. */
  readonly refreshToken: RefreshToken | null
}

/** The request that turns a code into tokens (contract, "Case 1: consent flow", step 3). */
export function codeExchangeRequest({ url, redirectUri, code, ...apiClient }: CodeExchangeInput): UpstreamRequest {
  const fields = codeExchangeForm(apiClient, redirectUri, code)
  return {
    call: 'code_exchange',
    method: 'POST',
    url,
    bearer: null,
    body: { kind: 'form', fields },
    limits: TOKEN_LIMITS,
  }
}

/** Sends a code. Commit the answer before reading it with {@link processTokenResponse}: a code works once. */
export function sendCodeExchange(transport: Transport, input: CodeExchangeInput): Promise<RawAnswer> {
  return transport(codeExchangeRequest(input))
}

/** @throws UpstreamUnreachable, UpstreamRefusal or UpstreamNonconformance. */
export function processTokenResponse(answer: RawAnswer, policy: TokenPolicy): TokenGrant {
  const token = readTokenAnswer('code_exchange', answer, policy)
  return {
    accessToken: accessToken(token.accessToken),
    refreshToken: token.refreshToken === null ? null : refreshToken(token.refreshToken),
    ...toExpiry(token),
  }
}
