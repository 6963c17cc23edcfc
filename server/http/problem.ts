import texts from '@/contracts/error-texts.en.json'
import { ERRORS } from '@/contracts/errors'
import type { Problem } from '@/contracts/problem'
import { log } from '../log'
import type { AppError } from './app-error'
import { toAppError } from './to-app-error'

/** The one exit of everything thrown: an `application/problem+json` answer (RFC 9457), logged under its request id. */
export function problem(error: unknown, requestId: string): Response {
  const { status, headers, body } = describeProblem(error, requestId)
  return Response.json(body, { status, headers })
}

/** The same in parts, for those who do not answer with a `Response`. */
export function describeProblem(error: unknown, requestId: string): { status: number; headers: Record<string, string>; body: Problem } {
  const refusal = toAppError(error)
  report(refusal, requestId)
  const { retryAfterSeconds } = refusal.extras
  return {
    status: refusal.status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
    },
    body: toProblem(refusal, requestId),
  }
}

/** What is told of one of many things that were asked for at once. */
export function describeRefusal(error: unknown, requestId: string) {
  const { code, title: message, retryAfterSeconds, connectionIds } = describeProblem(error, requestId).body
  return { code, message, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }), ...(connectionIds ? { connectionIds } : {}) }
}

export function toProblem(refusal: AppError, requestId: string): Problem {
  const { what, next } = texts[refusal.code]
  const { issues, upstreamRequestId, retryAfterSeconds, connectionIds } = refusal.extras
  return {
    type: `urn:keyrack:problem:${refusal.code}`,
    title: what,
    detail: next,
    status: refusal.status,
    code: refusal.code,
    turn: ERRORS[refusal.code].turn,
    requestId,
    ...(issues ? { issues: [...issues] } : {}),
    ...(connectionIds ? { connectionIds: [...connectionIds] } : {}),
    ...(upstreamRequestId ? { upstreamRequestId } : {}),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  }
}

function report(refusal: AppError, requestId: string): void {
  const { cause } = refusal
  if (refusal.status >= 500) log().error({ requestId, refusal: refusal.code, err: cause ?? refusal }, 'request failed')
  else log().debug({ requestId, refusal: refusal.code }, 'request refused')
}
