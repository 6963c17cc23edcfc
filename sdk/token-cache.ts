import type { TokenAnswer } from './wire'

/**
 * A place for tokens besides this process's memory, so that a back end that starts while Keyrack is down has some. The
 * values are secrets: keep them as such. What it throws is ignored.
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

/** The same cache as it is used here: it never fails, and what it answers is whole. */
export class QuietCache {
  readonly #cache: TokenCache | undefined

  constructor(cache: TokenCache | undefined) {
    this.#cache = cache
  }

  async get(key: string): Promise<CachedToken | null> {
    try {
      return parseCached(JSON.parse((await this.#cache?.get(nameOf(key))) ?? 'null'))
    } catch {
      return null
    }
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
