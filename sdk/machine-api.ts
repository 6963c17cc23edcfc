import type { Clock } from './clock'
import { retryDelay } from './retry-delay'
import { Slots } from './slots'
import { notKeyrack, toError, unreachable } from './to-error'

/** Lines that are read one after the other. */
export interface Lines {
  readonly type: 'application/x-ndjson' | 'text/csv'
  readonly text: string
}

export interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Below `/api/v1`, already encoded. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | number | undefined>>
  /** Sent as JSON. */
  readonly json?: unknown
  readonly lines?: Lines
  /** What the answer is when it is no JSON: its text is the body then. */
  readonly reads?: 'text/csv'
  readonly idempotencyKey?: string
  /** Only what may arrive twice without harm is sent twice. */
  readonly retries: boolean
}

export interface Answer {
  readonly body: unknown
  /** By the client's clock, when the request that was answered left. */
  readonly askedAt: number
}

interface Parts {
  readonly url: URL
  readonly key: () => string | Promise<string>
  readonly fetch: typeof fetch
  readonly clock: Clock
  readonly random: () => number
  /** For one try, headers and body. */
  readonly timeoutMs: number
}

/** A back end that wants thousands of tokens at its start would otherwise open as many sockets. */
const MOST_AT_ONCE = 64

/** Calls the machine API and turns what is no success into typed errors. */
export class MachineApi {
  readonly #parts: Parts
  readonly #slots = new Slots(MOST_AT_ONCE)

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** @throws KeyrackError */
  async call(call: Call): Promise<Answer> {
    const { clock, random } = this.#parts
    const begunAt = clock.now()
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#slots.use(() => this.#tryOnce(call))
      } catch (error) {
        const spentMs = clock.now() - begunAt
        const delay = call.retries ? retryDelay(error, { attempt, spentMs, random: random() }) : null
        if (delay === null) throw error
        await clock.sleep(delay)
      }
    }
  }

  async #tryOnce(call: Call): Promise<Answer> {
    const { url, key, clock, timeoutMs } = this.#parts
    const authorization = `Bearer ${requireKey(await key())}`
    const body = call.lines?.text ?? (call.json === undefined ? undefined : JSON.stringify(call.json))
    const init: RequestInit = {
      method: call.method,
      headers: {
        accept: call.reads ?? 'application/json',
        authorization,
        ...(body === undefined ? {} : { 'content-type': call.lines?.type ?? 'application/json' }),
        ...(call.idempotencyKey === undefined ? {} : { 'idempotency-key': call.idempotencyKey }),
      },
      ...(body === undefined ? {} : { body }),
      // A redirect would carry the key to another address.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    }
    const askedAt = clock.now()
    const { response, text } = await this.#send(addressOf(url, call), init)
    if (!response.ok) throw toError({ status: response.status, headers: response.headers, text })
    return { body: call.reads ? requireType(response, call.reads, text) : parse(text, response.status), askedAt }
  }

  async #send(address: URL, init: RequestInit): Promise<{ response: Response; text: string }> {
    try {
      const response = await this.#parts.fetch(address, init)
      return { response, text: await response.text() }
    } catch (failure) {
      throw unreachable(failure)
    }
  }
}

const KEY = /^krk_(live|test)_[0-9A-Za-z]{49}$/

/** Before it is sent anywhere: a password or another service's key that was put here by mistake stays here. */
export function requireKey(key: string): string {
  if (!KEY.test(key)) throw new TypeError('The key is no machine key: those begin with krk_live_ or krk_test_ and have 58 characters.')
  return key
}

function addressOf(url: URL, { path, query = {} }: Call): URL {
  const address = new URL(`/api/v1${path}`, url)
  for (const [name, value] of Object.entries(query)) if (value !== undefined) address.searchParams.set(name, String(value))
  return address
}

function parse(text: string, status: number): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw notKeyrack(status)
  }
}

/** A page of a proxy is no report. */
function requireType({ headers, status }: Response, type: string, text: string): string {
  if (!headers.get('content-type')?.startsWith(type)) throw notKeyrack(status)
  return text
}
