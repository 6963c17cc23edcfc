import type { ErrorCode } from '@/contracts/errors'
import type { UpstreamCall } from '../upstream-request'

export type NonconformanceReason =
  | 'redirect'
  | 'unexpected_status'
  | 'too_large'
  | 'not_utf8'
  | 'content_type'
  | 'empty'
  | 'syntax'
  | 'duplicate_key'
  | 'too_deep'
  | 'shape'
  | 'sandbox_token'

interface NonconformanceFacts {
  readonly call: UpstreamCall
  readonly reason: NonconformanceReason
  readonly status: number
  readonly requestId: string | null
  /** What in the answer is wrong, in our words, such as `no_access_token`. */
  readonly fault?: string | null
  /** Names and types of what came, never values. */
  readonly shape?: string | null
}

/** The answer is not what the contract describes: somebody has to look at it. */
export class UpstreamNonconformance extends Error {
  override readonly name = 'UpstreamNonconformance'
  readonly code: ErrorCode
  readonly call: UpstreamCall
  readonly reason: NonconformanceReason
  readonly status: number
  readonly requestId: string | null
  readonly fault: string | null

  constructor(facts: NonconformanceFacts) {
    super(`Octorate answered ${facts.call} in an unexpected way: ${describe(facts)}`, {
      cause: { shape: facts.shape ?? null },
    })
    this.code = facts.reason === 'redirect' ? 'upstream_redirected' : 'upstream_unreadable'
    this.call = facts.call
    this.reason = facts.reason
    this.status = facts.status
    this.requestId = facts.requestId
    this.fault = facts.fault ?? null
  }
}

function describe({ reason, fault, status, requestId }: NonconformanceFacts): string {
  const facts = [fault, `status ${status}`, requestId && `request ${requestId}`].filter(Boolean)
  return `${reason} (${facts.join(', ')})`
}
