import { apiError, json, type ApiError } from '../http/answers'
import type { Answer, Exchange } from '../http/exchange'
import { note } from '../lint/note'

type OAuthError = 'invalid_request' | 'invalid_client' | 'invalid_grant' | 'unsupported_grant_type'

/**
 * The answer of an identity endpoint that refuses. Octorate publishes no schema for it, so it is an ApiError by
 * default, and RFC 6749's `{error, error_description}` when `errorStyle` says so.
 */
export function refuseIdentity(exchange: Exchange, status: number, refusal: ApiError & { oauth: OAuthError }): Answer {
  const { oauth, ...error } = refusal
  if (exchange.world.state.settings.errorStyle === 'octorate') return apiError(status, error)
  return json(oauth === 'invalid_client' ? 401 : 400, { error: oauth, error_description: error.message })
}

/** As `refuseMalformed`, for a parameter that is absent or empty. */
export function refuseMissing(exchange: Exchange, name: string): Answer {
  note(exchange, 'parameter-missing', name)
  return refuseMalformed(exchange, name, `Parameter ${name} is missing`)
}

/** As `refuseIdentity`, for a request that is malformed; the truth log keeps that it came. */
export function refuseMalformed(exchange: Exchange, element: string, message: string): Answer {
  const clientId = exchange.form?.get('client_id') ?? ''
  exchange.world.record({ type: 'identity-request.refused', endpoint: exchange.endpoint, clientId, message })
  return refuseIdentity(exchange, 400, { type: 'ApiParamsExemption', message, element, oauth: 'invalid_request' })
}
