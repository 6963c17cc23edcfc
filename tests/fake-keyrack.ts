import { createHash } from 'node:crypto'
import { createKeyrackClient, type KeyrackClient } from '@/sdk/create-keyrack-client'
import type { KeyrackClientOptions } from '@/sdk/options'
import { SteppedClock } from './stepped-clock'

/** Well-formed and nobody's. */
export const SOME_KEY = `krk_test_${'K'.repeat(49)}`
export const KEYRACK = 'https://keyrack.example.com'
export const HOUR = 3_600_000

export interface Asked {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Headers
  readonly body: unknown
}

type Answer = Response | Error | ((asked: Asked) => Response | Error | Promise<Response | Error>)

/** A client whose `fetch` is answered by the test, one answer after the other or by a rule. */
export function openClient(answers: Answer[] | Answer, options: Partial<KeyrackClientOptions> = {}) {
  const clock = new SteppedClock()
  const asked: Asked[] = []
  const answer = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const request = new Request(input, init)
    const url = new URL(request.url)
    const text = await request.text()
    const wanted = { method: request.method, path: url.pathname, query: url.searchParams, headers: request.headers, body: parse(text) }
    asked.push(wanted)
    const next = Array.isArray(answers) ? answers.shift() : answers
    if (!next) throw new Error(`nobody expected ${request.method} ${request.url}`)
    const given = typeof next === 'function' ? await next(wanted) : next
    if (given instanceof Error) throw given
    return given
  }
  const client = createKeyrackClient({ url: KEYRACK, key: SOME_KEY, fetch: answer, clock, random: () => 0.5, ...options })
  return { client, clock, asked } satisfies { client: KeyrackClient; clock: SteppedClock; asked: Asked[] }
}

/** What Keyrack answers for a token with so many seconds left. */
export function tokenAnswer(accessToken: string, expiresIn = 24 * 3_600, connectionId = 'c-1') {
  return {
    connectionId,
    accessToken,
    issuedAt: '2026-03-16T09:10:11.360Z',
    expiresAt: '2026-03-17T09:10:11.360Z',
    expiresIn,
    fingerprint: fingerprintOf(accessToken),
  }
}

export const token = (...args: Parameters<typeof tokenAnswer>) => Response.json(tokenAnswer(...args))

/** A refusal as Keyrack writes it. */
export function problem(status: number, code: string, more: Readonly<Record<string, unknown>> = {}): Response {
  const body = { type: 'about:blank', title: 'It did not go well.', detail: 'Do this.', status, code, turn: 'you', requestId: 'r-1', ...more }
  return Response.json(body, { status, headers: { 'content-type': 'application/problem+json' } })
}

/** No answer, as the platform's fetch says it. */
export function noAnswer(): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) })
}

export function fingerprintOf(accessToken: string): string {
  return createHash('sha256').update(accessToken).digest('hex').slice(0, 16)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
