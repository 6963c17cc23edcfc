import { parseStrictJson } from '@/lib/oauth/strict-json'
import { parseRetryAfter } from '@/lib/time/parse-retry-after'
import { describeShape } from './describe-shape'
import { classifyAnswer } from './error-table'
import { UpstreamNonconformance, type NonconformanceReason } from './errors/upstream-nonconformance'
import { UpstreamRefusal, type RefusalDetail } from './errors/upstream-refusal'
import { UpstreamUnreachable } from './errors/upstream-unreachable'
import { maskText } from './mask-text'
import type { RawAnswer } from './raw-answer'
import type { UpstreamCall } from './upstream-request'
import type { ApiError } from './wire'

const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i

/**
 * The JSON of a 200 answer, read strictly: the right content type, UTF-8, no key twice.
 *
 * @throws UpstreamUnreachable on a 5xx, UpstreamRefusal on a 4xx, UpstreamNonconformance on all else.
 */
export function readJsonAnswer(call: UpstreamCall, answer: RawAnswer): unknown {
  requireSuccess(call, answer)
  if (answer.status !== 200) throw nonconformance(call, answer, { reason: 'unexpected_status' })
  const text = answer.body.reveal()
  if (text.trim() === '') throw nonconformance(call, answer, { reason: 'empty' })
  if (answer.encoding !== 'utf-8') throw nonconformance(call, answer, { reason: 'not_utf8' })
  if (!JSON_TYPE.test(answer.headers.contentType ?? '')) {
    throw nonconformance(call, answer, { reason: 'content_type', shape: describeShape(text) })
  }
  const json = parseStrictJson(text)
  if (!json.ok) throw nonconformance(call, answer, { reason: json.reason, shape: describeShape(text) })
  return json.value
}

/** Lets every 2xx pass. @throws UpstreamUnreachable, UpstreamRefusal or UpstreamNonconformance for the rest. */
export function requireSuccess(call: UpstreamCall, answer: RawAnswer): void {
  const { status, headers, receivedAt } = answer
  const { requestId } = headers
  const sorted = classifyAnswer({ status, contentType: headers.contentType, bodyText: answer.body.reveal() })
  if (sorted.outcome === 'success') return
  if (sorted.outcome === 'nonconformance')
    throw nonconformance(call, answer, { reason: status >= 300 ? 'redirect' : 'unexpected_status' })
  const retryAfterMs = parseRetryAfter(headers.retryAfter, receivedAt)
  if (sorted.outcome === 'unreachable') {
    throw new UpstreamUnreachable({
      call,
      reason: 'server_error',
      maybeProcessed: true,
      status,
      requestId,
      retryAfterMs,
    })
  }
  const { kind, error } = sorted
  throw new UpstreamRefusal({
    call,
    kind,
    status,
    requestId,
    retryAfterMs,
    type: nameOrNull(error?.type),
    machineName: nameOrNull(error?.machineName),
    detail: error && toDetail(error),
  })
}

/** An error for an answer that is well formed and still not what the contract describes. */
export function nonconformance(
  call: UpstreamCall,
  { status, headers }: RawAnswer,
  facts: { reason: NonconformanceReason; fault?: string; shape?: string },
): UpstreamNonconformance {
  return new UpstreamNonconformance({ call, status, requestId: headers.requestId, ...facts })
}

/** Names travel in messages and logs: only what looks like one, and never what looks like a token. */
function nameOrNull(name: string | null | undefined): string | null {
  return name && /^[A-Za-z][A-Za-z0-9_.]{0,63}$/.test(name) && maskText(name) === name ? name : null
}

function toDetail({ message, humanName, element, suggestion, nested }: ApiError): RefusalDetail {
  return {
    message: shown(message),
    humanName: shown(humanName),
    element: shown(element),
    suggestion: shown(suggestion),
    nested: nested.map((each) => ({ message: shown(each.message), element: shown(each.element) })),
  }
}

function shown(text: string | null): string | null {
  return text === null ? null : maskText(text, { maxCharacters: 500 })
}
