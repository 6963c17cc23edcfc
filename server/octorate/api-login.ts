import { adminToken, type AdminToken } from '@/server/crypto/tokens'
import type { RawAnswer } from './raw-answer'
import { readTokenAnswer, toExpiry, type Expiry, type TokenPolicy } from './token-grant'
import type { Transport } from './transport'
import { TOKEN_LIMITS, type UpstreamRequest } from './upstream-request'
import { apiLoginForm, type ApiClientCredentials } from './wire'

export interface ApiLoginInput extends ApiClientCredentials {
  /** Full address, from `upstreamUrls(…).apiLogin`. */
  readonly url: string
}

/** An admin token has no refresh token: one logs in again (contract, "Two kinds of bearer token"). */
export interface AdminGrant extends Expiry {
  readonly adminToken: AdminToken
}

/** The request for an admin token (contract, "Case 2: ApiLogin"). */
export function apiLoginRequest({ url, ...apiClient }: ApiLoginInput): UpstreamRequest {
  const fields = apiLoginForm(apiClient)
  return { call: 'api_login', method: 'POST', url, bearer: null, body: { kind: 'form', fields }, limits: TOKEN_LIMITS }
}

/** Logs the API client in; the answer is read with {@link processApiLoginResponse}. */
export function sendApiLogin(transport: Transport, input: ApiLoginInput): Promise<RawAnswer> {
  return transport(apiLoginRequest(input))
}

/** @throws UpstreamUnreachable, UpstreamRefusal or UpstreamNonconformance. */
export function processApiLoginResponse(answer: RawAnswer, policy: TokenPolicy): AdminGrant {
  const token = readTokenAnswer('api_login', answer, policy)
  return { adminToken: adminToken(token.accessToken), ...toExpiry(token) }
}
