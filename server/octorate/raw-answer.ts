import { Secret } from '@/server/crypto/secret'

export interface AnswerHeaders {
  readonly contentType: string | null
  /** The `request-id` to quote to Octorate; null unless it is a UUID. */
  readonly requestId: string | null
  readonly date: string | null
  readonly retryAfter: string | null
  readonly rateLimitRemaining: number | null
  readonly rateLimitCost: number | null
}

/** An answer as it came, not interpreted. Its body may hold tokens, so it is wrapped. */
export interface RawAnswer {
  readonly status: number
  readonly headers: AnswerHeaders
  readonly body: Secret
  /** Bytes that are not UTF-8 are kept as Latin-1, so that nothing is lost before somebody has looked. */
  readonly encoding: 'utf-8' | 'latin1'
  readonly sentAt: Date
  /** `sentAt` plus the time that passed on a clock that never jumps. */
  readonly receivedAt: Date
  readonly durationMs: number
}

/**
 * The answer as one text, secrets included: to be sealed and committed before it is read, so that a
 * crash loses no token. {@link decodeRawAnswer} gives it back.
 */
export function encodeRawAnswer(answer: RawAnswer): string {
  return JSON.stringify({ ...answer, body: answer.body.reveal() })
}

/** Reads what {@link encodeRawAnswer} wrote. @throws TypeError on anything else. */
export function decodeRawAnswer(text: string): RawAnswer {
  const { body, sentAt, receivedAt, ...rest } = JSON.parse(text) as Record<keyof RawAnswer, unknown>
  if (typeof body !== 'string' || typeof sentAt !== 'string' || typeof receivedAt !== 'string') {
    throw new TypeError('this is not a journalled answer')
  }
  return {
    ...(rest as Pick<RawAnswer, 'status' | 'headers' | 'encoding' | 'durationMs'>),
    body: Secret.of(body),
    sentAt: new Date(sentAt),
    receivedAt: new Date(receivedAt),
  }
}
