import { KeyrackRefusedError, ReconnectRequiredError, TemporarilyUnavailableError, type Issue, type KeyrackError } from './errors'
import type { TokenRefusal } from './wire'

const RECONNECT = new Set(['reconnect_required', 'refresh_token_missing', 'already_disconnected'])

/** Refusals that pass by themselves, whatever their status is; so does whatever says when to come back. */
const PASSING = new Set([
  'temporarily_unavailable',
  'refresh_in_progress',
  'refresh_refused_once',
  'rate_limited',
  'internal',
  'database_unavailable',
  'sealed',
  'upstream_unreachable',
  'upstream_timeout',
  'upstream_quota',
])
const LONGEST_MESSAGE = 500

interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** The typed error for an answer that is no success: Keyrack's problem document, or whatever stands in front of it. */
export function toError({ status, headers, text }: Reply): KeyrackError {
  const problem = readProblem(text)
  const requestId = problem?.requestId ?? headers.get('x-request-id')
  const retryAfterSeconds = problem?.retryAfterSeconds ?? secondsOf(headers.get('retry-after'))
  const isTold = problem !== null && (PASSING.has(problem.code) || problem.retryAfterSeconds !== null)
  const isPassing = isTold || status === 429 || status >= 500
  if (isPassing) {
    const message = problem?.message ?? `Keyrack cannot be reached: what is in front of it answered ${status}.`
    return new TemporarilyUnavailableError({ code: problem?.code ?? 'unreachable', message, status, requestId, retryAfterSeconds })
  }
  if (problem === null) return notKeyrack(status)
  const { code, message, connectionIds, issues } = problem
  if (RECONNECT.has(code)) return new ReconnectRequiredError({ code, message, status, requestId })
  return new KeyrackRefusedError({ code, message, status, requestId, connectionIds, issues })
}

/** The typed error for one refusal among many outcomes. */
export function refusalToError({ code, message, retryAfterSeconds, connectionIds = [] }: TokenRefusal): KeyrackError {
  if (RECONNECT.has(code)) return new ReconnectRequiredError({ code, message })
  if (PASSING.has(code) || retryAfterSeconds !== undefined) {
    return new TemporarilyUnavailableError({ code, message, retryAfterSeconds: retryAfterSeconds ?? null })
  }
  return new KeyrackRefusedError({ code, message, connectionIds })
}

/** An answer that Keyrack's machine API does not give. */
export function notKeyrack(status: number): KeyrackError {
  const message = `This answer (status ${status}) is not one of Keyrack's machine API. Is the url the console's own address?`
  return new KeyrackRefusedError({ code: 'not_keyrack', message, status })
}

/** No answer. Of the failure only its code is kept: what a library puts into its errors may hold headers. */
export function unreachable(failure: unknown): KeyrackError {
  const reason = reasonOf(failure)
  return new TemporarilyUnavailableError({ code: 'unreachable', message: `Keyrack does not answer${reason ? ` (${reason})` : ''}.` })
}

interface Problem {
  readonly code: string
  readonly message: string
  readonly requestId: string | null
  readonly retryAfterSeconds: number | null
  readonly connectionIds: readonly string[]
  readonly issues: readonly Issue[]
}

function readProblem(text: string): Problem | null {
  const body = parseJson(text)
  if (typeof body !== 'object' || body === null || !('code' in body) || typeof body.code !== 'string') return null
  const fields: Partial<Record<string, unknown>> = { ...body }
  const words = [fields['title'], fields['detail']].filter((word) => typeof word === 'string')
  return {
    code: body.code,
    message: words.join(' ').slice(0, LONGEST_MESSAGE) || `Keyrack refused: ${body.code}`,
    requestId: typeof fields['requestId'] === 'string' ? fields['requestId'] : null,
    retryAfterSeconds: typeof fields['retryAfterSeconds'] === 'number' ? fields['retryAfterSeconds'] : null,
    connectionIds: listOf(fields['connectionIds']).filter((id) => typeof id === 'string'),
    issues: listOf(fields['issues']).filter(isIssue),
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function isIssue(value: unknown): value is Issue {
  if (typeof value !== 'object' || value === null || !('path' in value) || !('message' in value)) return false
  return typeof value.path === 'string' && typeof value.message === 'string'
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function secondsOf(header: string | null): number | null {
  return header !== null && /^\d{1,6}$/.test(header.trim()) ? Number(header) : null
}

function reasonOf(failure: unknown): string {
  if (!(failure instanceof Error)) return ''
  if (failure.name === 'TimeoutError') return 'timeout'
  const codes = [failure, failure.cause].map((each) => (each instanceof Error && 'code' in each ? each.code : undefined))
  const code = codes.find((each) => typeof each === 'string' && /^[A-Z0-9_]{2,40}$/.test(each))
  return typeof code === 'string' ? code : ''
}
