import { parseTokenResponse, type ExpirySource, type ParsedToken } from '@/lib/oauth/token-response'
import { parseHttpDate } from '@/lib/time/parse-http-date'
import { describeShape } from './describe-shape'
import type { RawAnswer } from './raw-answer'
import { nonconformance, readJsonAnswer } from './read-answer'
import type { UpstreamCall } from './upstream-request'

export interface Expiry {
  readonly expiresAt: Date
  readonly expirySource: ExpirySource
  /** Worth telling the operator: assumed, contradictory, or past on arrival. */
  readonly expiryFlagged: boolean
  readonly driftMs: number
}

export interface TokenPolicy {
  /** True only for an API client of the sandbox beside the console. */
  readonly allowSandboxTokens: boolean
}

const SANDBOX_PREFIX = 'sbx_'

/**
 * Reads a token answer of any of the identity calls. Commit the raw answer before calling this.
 *
 * @throws UpstreamUnreachable, UpstreamRefusal, or UpstreamNonconformance, which never quotes a token.
 */
export function readTokenAnswer(
  call: UpstreamCall,
  answer: RawAnswer,
  { allowSandboxTokens }: TokenPolicy,
): ParsedToken {
  const json = readJsonAnswer(call, answer)
  const { sentAt, receivedAt, headers } = answer
  const result = parseTokenResponse(json, { sentAt, receivedAt, upstreamNow: parseHttpDate(headers.date) })
  if (!result.ok) {
    throw nonconformance(call, answer, {
      reason: 'shape',
      fault: result.fault,
      shape: describeShape(answer.body.reveal()),
    })
  }
  const { accessToken, refreshToken } = result.token
  const isFromSandbox = [accessToken, refreshToken].some((token) => token?.startsWith(SANDBOX_PREFIX))
  if (isFromSandbox && !allowSandboxTokens) throw nonconformance(call, answer, { reason: 'sandbox_token' })
  return result.token
}

export function toExpiry({ expiresAt, expirySource, expiryFlagged, driftMs }: ParsedToken): Expiry {
  return { expiresAt, expirySource, expiryFlagged, driftMs }
}
