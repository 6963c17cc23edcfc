import { AccessToken } from './access-token'
import type { Clock } from './clock'
import { backOff, renewalDelay, shortTokenHold, WARM_MS } from './keeping-rules'
import { keyOf, type Target } from './target'
import type { CachedToken } from './token-cache'

interface Kept {
  readonly target: Target
  readonly token: AccessToken
  readonly goodUntil: number
  usedAt: number
  renewAt: number
  /** Before then Keyrack has nothing better, or does not answer: a short token is given out without asking. */
  holdUntil: number
  failures: number
  stopTimer: () => void
}

interface Parts {
  readonly clock: Clock
  readonly random: () => number
  /** Called when it is time to ask anew, also repeatedly. */
  readonly renew: (target: Target) => void
}

/** The tokens in memory, and when each is to be asked for anew. One that nobody uses is left to expire. */
export class KeptTokens {
  readonly #parts: Parts
  readonly #kept = new Map<string, Kept>()
  #isClosed = false

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** A token with enough life left, or the best that can be had now; null when it must be asked for. */
  ready(key: string, minTtlMs: number): AccessToken | null {
    const kept = this.#kept.get(key)
    if (!kept) return null
    const now = this.#parts.clock.now()
    kept.usedAt = now
    const left = kept.goodUntil - now
    if (left <= 0 || (left < minTtlMs && now >= kept.holdUntil)) return null
    // The timer is late where the machine or the process slept.
    if (now >= kept.renewAt) this.#parts.renew(kept.target)
    return kept.token
  }

  /** The token, unless it has ended. */
  living(key: string): AccessToken | null {
    const kept = this.#kept.get(key)
    return kept && kept.goodUntil > this.#parts.clock.now() ? kept.token : null
  }

  put(target: Target, { answer, goodUntil }: CachedToken, minTtlMs: number): AccessToken {
    const { clock, random } = this.#parts
    const key = keyOf(target)
    const before = this.#kept.get(key)
    before?.stopTimer()
    const now = clock.now()
    const left = goodUntil - now
    const delay = renewalDelay(left, random())
    const kept: Kept = {
      target,
      token: new AccessToken({ answer, goodUntil, clock }),
      goodUntil,
      usedAt: before?.usedAt ?? now,
      renewAt: now + delay,
      holdUntil: left < minTtlMs ? now + shortTokenHold(left) : now,
      failures: 0,
      stopTimer: () => undefined,
    }
    this.#kept.set(key, kept)
    this.#setTimer(key, kept, delay)
    return kept.token
  }

  /** Keyrack was asked in vain: what is kept stays, and the next try waits. */
  holdOn(key: string, retryAfterSeconds: number | null): void {
    const kept = this.#kept.get(key)
    if (!kept) return
    kept.failures += 1
    const delay = backOff(kept.failures, { retryAfterSeconds, random: this.#parts.random() })
    kept.renewAt = this.#parts.clock.now() + delay
    kept.holdUntil = kept.renewAt
    this.#setTimer(key, kept, delay)
  }

  drop(key: string): void {
    this.#kept.get(key)?.stopTimer()
    this.#kept.delete(key)
  }

  /** Keys of the targets whose token it is. */
  keysWhere(isIt: (token: AccessToken) => boolean): readonly string[] {
    return [...this.#kept].flatMap(([key, { token }]) => (isIt(token) ? [key] : []))
  }

  close(): void {
    this.#isClosed = true
    for (const key of this.#kept.keys()) this.drop(key)
  }

  #setTimer(key: string, kept: Kept, delay: number): void {
    kept.stopTimer()
    if (!this.#isClosed) kept.stopTimer = this.#parts.clock.later(delay, () => this.#onTime(key, kept))
  }

  #onTime(key: string, kept: Kept): void {
    const now = this.#parts.clock.now()
    const left = kept.goodUntil - now
    if (left <= 0) this.drop(key)
    else if (now - kept.usedAt > WARM_MS) this.#setTimer(key, kept, left)
    else this.#parts.renew(kept.target)
  }
}
