import { Secret } from '@/server/crypto/secret'
import type { RawAnswer } from './raw-answer'

export const SENT_AT = new Date('2026-03-01T12:00:00.000Z')
export const REQUEST_ID = '0b0e7c1c-6d0f-4d5c-9d52-3f0c1f6f2a11'

interface AnswerFacts {
  readonly status?: number
  readonly contentType?: string | null
  readonly retryAfter?: string
  readonly date?: string
  readonly encoding?: RawAnswer['encoding']
}

/** A raw answer as the transport gives it; objects become JSON. */
export function answerOf(body: unknown, facts: AnswerFacts = {}): RawAnswer {
  const { status = 200, contentType = 'application/json', encoding = 'utf-8' } = facts
  return {
    status,
    headers: {
      contentType,
      requestId: REQUEST_ID,
      date: facts.date ?? null,
      retryAfter: facts.retryAfter ?? null,
      rateLimitRemaining: null,
      rateLimitCost: null,
    },
    body: Secret.of(typeof body === 'string' ? body : JSON.stringify(body)),
    encoding,
    sentAt: SENT_AT,
    receivedAt: new Date(SENT_AT.getTime() + 1_000),
    durationMs: 1_000,
  }
}

/** What a call throws, as a value. */
export function thrownBy(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    return error
  }
  return undefined
}
