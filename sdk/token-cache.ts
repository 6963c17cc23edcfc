import type { Clock } from './clock'
import type { TokenAnswer } from './wire'

/**
 * A place for tokens besides this process's memory, so that a back end that starts while Keyrack is down has some. The
 * values are secrets: keep them as such. What it throws is ignored, and after a second nobody waits for it.
 */
export interface TokenCache {
  get(key: string): Promise<string | null | undefined> | string | null | undefined
  set(key: string, value: string, ttlSeconds: number): Promise<unknown> | unknown
  delete(key: string): Promise<unknown> | unknown
}

/** A token and until when it is good, by the client's clock. */
export interface CachedToken {
  readonly answer: TokenAnswer
  readonly goodUntil: number
}

/** The same cache as it is used here: it never fails nor hangs, and what it answers is whole. */
export class QuietCache {
  readonly #cache: TokenCache | undefined
  readonly #clock: Clock

  constructor(cache: TokenCache | undefined, clock: Clock) {
    this.#cache = cache
    this.#clock = clock
  }

  async get(key: string): Promise<CachedToken | null> {
    if (!this.#cache) return null
    let stopTimer = () => undefined as void
    const late = new Promise<null>((resolve) => (stopTimer = this.#clock.later(PATIENCE_MS, () => resolve(null))))
    return Promise.race([read(this.#cache, key), late]).finally(stopTimer)
  }

  async set(key: string, token: CachedToken, ttlSeconds: number): Promise<void> {
    try {
      await this.#cache?.set(nameOf(key), JSON.stringify(token), ttlSeconds)
    } catch {
      // Memory has it.
    }
  }

  async delete(key: string): Promise<void> {
    try {
      await this.#cache?.delete(nameOf(key))
    } catch {
      // It ends by itself.
    }
  }
}

/** Longer than any cache near by needs. */
const PATIENCE_MS = 1_000

async function read(cache: TokenCache, key: string): Promise<CachedToken | null> {
  try {
    return parseCached(JSON.parse((await cache.get(nameOf(key))) ?? 'null'))
  } catch {
    return null
  }
}

const nameOf = (key: string) => `keyrack:${key}`

function parseCached(value: unknown): CachedToken | null {
  if (typeof value !== 'object' || value === null || !('answer' in value) || !('goodUntil' in value)) return null
  const answer = parseTokenAnswer(value.answer)
  return answer && typeof value.goodUntil === 'number' ? { answer, goodUntil: value.goodUntil } : null
}

/** A token answer, when it is one; null for anything else. */
export function parseTokenAnswer(value: unknown): TokenAnswer | null {
  if (typeof value !== 'object' || value === null) return null
  const { connectionId, accessToken, expiresAt, expiresIn, fingerprint }: Partial<Record<string, unknown>> = { ...value }
  if (typeof connectionId !== 'string' || typeof fingerprint !== 'string' || typeof accessToken !== 'string') return null
  if (accessToken === '' || typeof expiresIn !== 'number' || !Number.isFinite(expiresIn)) return null
  if (typeof expiresAt !== 'string' || Number.isNaN(Date.parse(expiresAt))) return null
  return { connectionId, accessToken, expiresAt, expiresIn, fingerprint }
}
