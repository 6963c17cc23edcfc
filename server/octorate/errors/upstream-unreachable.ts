import type { ErrorCode } from '@/contracts/errors'
import type { UpstreamCall } from '../upstream-request'

export type UnreachableReason = 'timeout_headers' | 'timeout_body' | 'connection' | 'body_cut' | 'server_error'

interface UnreachableDetails {
  readonly call: UpstreamCall
  readonly reason: UnreachableReason
  /** False only when the request certainly never arrived; else Octorate may have acted on it. */
  readonly maybeProcessed: boolean
  readonly status?: number | null
  readonly requestId?: string | null
  /** The operating system's or the HTTP client's code, such as ECONNREFUSED. */
  readonly networkCode?: string | null
  readonly retryAfterMs?: number | null
}

/** No answer, half an answer, or a 5xx: trying again may help, and nothing is known about any token. */
export class UpstreamUnreachable extends Error {
  override readonly name = 'UpstreamUnreachable'
  readonly code: ErrorCode
  readonly retryable = true
  readonly call: UpstreamCall
  readonly reason: UnreachableReason
  readonly maybeProcessed: boolean
  readonly status: number | null
  readonly requestId: string | null
  readonly networkCode: string | null
  readonly retryAfterMs: number | null

  constructor(details: UnreachableDetails) {
    super(`Octorate could not be reached for ${details.call}: ${describe(details)}`)
    this.code = details.reason.startsWith('timeout') ? 'upstream_timeout' : 'upstream_unreachable'
    this.call = details.call
    this.reason = details.reason
    this.maybeProcessed = details.maybeProcessed
    this.status = details.status ?? null
    this.requestId = details.requestId ?? null
    this.networkCode = details.networkCode ?? null
    this.retryAfterMs = details.retryAfterMs ?? null
  }
}

function describe({ reason, status, networkCode, requestId }: UnreachableDetails): string {
  const facts = [status && `status ${status}`, networkCode, requestId && `request ${requestId}`].filter(Boolean)
  return facts.length > 0 ? `${reason} (${facts.join(', ')})` : reason
}
