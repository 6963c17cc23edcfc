import { accessToken, refreshToken, type RefreshToken } from '@/server/crypto/tokens'
import type { TokenGrant } from './code-exchange'
import type { RefusalKind, UpstreamRefusal } from './errors/upstream-refusal'
import type { RawAnswer } from './raw-answer'
import { readTokenAnswer, toExpiry, type TokenPolicy } from './token-grant'
import type { Transport } from './transport'
import { REFRESH_LIMITS, type UpstreamRequest } from './upstream-request'
import { refreshForm, type ApiClientCredentials } from './wire'

const INNOCENT_KINDS: readonly RefusalKind[] = ['quota', 'wrong_environment', 'permission_missing', 'html_page']

export interface RefreshInput extends ApiClientCredentials {
  /** Full address, from `upstreamUrls(…).refresh`. */
  readonly url: string
  readonly refreshToken: RefreshToken
}

/** The request for a new access token (contract, "Refresh"). */
export function refreshRequest({ url, refreshToken: token, ...apiClient }: RefreshInput): UpstreamRequest {
  const fields = refreshForm(apiClient, token)
  return { call: 'refresh', method: 'POST', url, bearer: null, body: { kind: 'form', fields }, limits: REFRESH_LIMITS }
}

/**
 * Whether a refused refresh may mean that the refresh token is dead (contract, "Errors", the paragraph on 403). Quota,
 * the wrong environment, a missing permission and pages for people never do, and neither does an answer
 * that did not come.
 */
export function maySayGrantIsDead({ status, kind }: UpstreamRefusal): boolean {
  return [400, 401, 403].includes(status) && !INNOCENT_KINDS.includes(kind)
}

/** Sends a refresh token. Commit the answer before reading it with {@link processRefreshResponse}. */
export function sendRefresh(transport: Transport, input: RefreshInput): Promise<RawAnswer> {
  return transport(refreshRequest(input))
}

/**
 * Usually there is no refresh token in the answer, and the stored one stays.
 *
 * @throws UpstreamUnreachable, UpstreamRefusal or UpstreamNonconformance.
 */
export function processRefreshResponse(answer: RawAnswer, policy: TokenPolicy): TokenGrant {
  const token = readTokenAnswer('refresh', answer, policy)
  return {
    accessToken: accessToken(token.accessToken),
    refreshToken: token.refreshToken === null ? null : refreshToken(token.refreshToken),
    ...toExpiry(token),
  }
}
