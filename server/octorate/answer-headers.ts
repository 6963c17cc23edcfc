import type { AnswerHeaders } from './raw-answer'
import type { WireAnswer } from './sockets'

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const LONGEST_HEADER = 200

/** Picks the headers that we act on or show; everything else, cookies among it, is dropped at the door. */
export function readAnswerHeaders(headers: WireAnswer['headers']): AnswerHeaders {
  const requestId = headers.get('request-id')
  return {
    contentType: short(headers.get('content-type')),
    requestId: requestId !== null && UUID.test(requestId) ? requestId : null,
    date: short(headers.get('date')),
    retryAfter: short(headers.get('retry-after')),
    rateLimitRemaining: count(headers.get('x-ratelimit-remaining')),
    rateLimitCost: count(headers.get('x-ratelimit-additional-cost')),
  }
}

function short(value: string | null): string | null {
  return value === null || value.length > LONGEST_HEADER ? null : value
}

function count(value: string | null): number | null {
  return value !== null && /^\d{1,9}$/.test(value) ? Number(value) : null
}
