import { AppError } from '../../http/app-error'
import { describeProblem } from '../../http/problem'

/** What existing code calls of Octorate's identity service. */
export type IdentityCall = 'refresh' | 'token'

/** `type` of Octorate's error body (contract, "Errors"). */
type DialectType = 'ApiParamsExemption' | 'ApiKeyInvalid' | 'ApiSecurityException' | 'ApiResourceMissing' | 'ApiServerException'

interface DialectBody {
  readonly type: DialectType
  readonly message: string
  /** The field that is meant. */
  readonly element?: string
}

/** A refusal in Octorate's words. */
export class DialectError extends Error {
  override readonly name = 'DialectError'
  readonly status: number
  readonly body: DialectBody
  readonly retryAfterSeconds: number | undefined

  constructor(status: number, body: DialectBody, retryAfterSeconds?: number) {
    super(body.message)
    this.status = status
    this.body = body
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** What it means for existing code that the connection is not to be used: the words for a refresh token that is dead. */
const DEAD = { type: 'ApiSecurityException', message: 'The refresh token is not valid', element: 'refresh_token' } as const
const WRONG_CLIENT = { type: 'ApiKeyInvalid', message: 'The client credentials are not valid' } as const
const RETRY_AFTER_SECONDS = 5

/**
 * Our refusals in Octorate's words. Existing code asks a hotelier to reconnect when a refresh is answered 400, 401 or 403,
 * so these are said only of what nobody but a person can mend; all that passes by itself is a 503.
 */
export function toDialect(error: unknown, { call, requestId }: { call: IdentityCall; requestId: string }): DialectError {
  if (error instanceof DialectError) return error
  const { body } = describeProblem(error, requestId)
  const code = error instanceof AppError ? error.code : 'internal'
  switch (code) {
    case 'machine_key_missing':
    case 'machine_key_invalid':
    case 'machine_key_address':
      return new DialectError(401, WRONG_CLIENT)
    case 'machine_key_scope':
    case 'machine_key_properties':
      return new DialectError(403, { type: 'ApiSecurityException', message: body.title })
    case 'not_found':
      // A refresh names a connection, an exchange an API client.
      return call === 'refresh' ? new DialectError(403, DEAD) : new DialectError(401, WRONG_CLIENT)
    case 'reconnect_required':
    case 'already_disconnected':
      return new DialectError(403, DEAD)
    case 'code_expired':
    case 'code_refused':
    case 'redirect_uri_not_wanted':
    case 'upstream_refused':
      return new DialectError(400, { type: 'ApiParamsExemption', message: body.title })
    case 'wrong_content_type':
    case 'bad_request':
    case 'invalid_input':
    case 'body_too_large':
      return new DialectError(400, { type: 'ApiParamsExemption', message: 'Expected Content-Type application/x-www-form-urlencoded' })
    default:
      return new DialectError(503, { type: 'ApiServerException', message: body.title }, body.retryAfterSeconds ?? RETRY_AFTER_SECONDS)
  }
}
