import { AccessToken } from './access-token'
import type { Clock } from './clock'
import { isClearNo, KeyrackError, TemporarilyUnavailableError } from './errors'
import { KeptTokens } from './kept-tokens'
import { keyOf, type Target } from './target'
import { QuietCache, type CachedToken, type TokenCache } from './token-cache'

interface Flight {
  readonly minTtlMs: number
  readonly token: Promise<AccessToken>
}

/** What became of one target among many. */
export type TokenOutcome = { readonly token: AccessToken; readonly error: null } | { readonly token: null; readonly error: KeyrackError }

/** Asks Keyrack. What `loadMany` answers is by `keyOf` the target. */
export interface TokenSource {
  load(target: Target, minTtlMs: number, retries: boolean): Promise<CachedToken>
  loadMany(targets: readonly Target[], minTtlMs: number): Promise<ReadonlyMap<string, CachedToken | KeyrackError>>
}

interface Parts {
  readonly source: TokenSource
  readonly clock: Clock
  readonly random: () => number
  /** For what is asked for ahead. */
  readonly minTtlMs: number
  readonly cache: TokenCache | undefined
}

/**
 * Keeps a token for each target as long as it has enough life left, asks for each only once at a time, and asks anew
 * ahead. Keyrack's clear no ends what is kept; its silence does not.
 */
export class TokenKeeper {
  readonly #source: TokenSource
  readonly #clock: Clock
  readonly #cache: QuietCache
  readonly #kept: KeptTokens
  readonly #flights = new Map<string, Flight>()

  constructor({ source, clock, random, minTtlMs, cache }: Parts) {
    this.#source = source
    this.#clock = clock
    this.#cache = new QuietCache(cache, clock)
    this.#kept = new KeptTokens({
      clock,
      random,
      renew: (target) => {
        if (!this.#flights.has(keyOf(target))) this.#begin(target, minTtlMs, this.#source.load(target, minTtlMs, false))
      },
    })
  }

  /** @throws KeyrackError */
  async get(target: Target, minTtlMs: number): Promise<AccessToken> {
    const key = keyOf(target)
    for (;;) {
      const ready = this.#kept.ready(key, minTtlMs)
      if (ready) return ready
      const flight = this.#flights.get(key)
      if (!flight) return this.#begin(target, minTtlMs, this.#recallOrLoad(target, minTtlMs))
      if (flight.minTtlMs >= minTtlMs) return flight.token
      // It asked for less life than is wanted here: look again when it is back.
      await flight.token.catch(() => undefined)
    }
  }

  /** One outcome for each target, in their order; those that are not kept are asked for together. */
  async getMany(targets: readonly Target[], minTtlMs: number): Promise<readonly TokenOutcome[]> {
    const missing = new Map<string, Target>()
    for (const target of targets) {
      const key = keyOf(target)
      if (!this.#kept.ready(key, minTtlMs) && !this.#flights.has(key)) missing.set(key, target)
    }
    const found = this.#recallOrLoadMany([...missing.values()], minTtlMs)
    for (const [key, target] of missing) void this.#begin(target, minTtlMs, found.then((outcomes) => unwrap(outcomes.get(key))))
    return Promise.all(targets.map((target) => settle(this.get(target, minTtlMs))))
  }

  /** The token that is kept now, unless it has ended. */
  peek(target: Target): AccessToken | null {
    return this.#kept.living(keyOf(target))
  }

  /** Drops tokens wherever they are kept. */
  forget(isIt: (token: AccessToken) => boolean): void {
    for (const key of this.#kept.keysWhere(isIt)) {
      this.#drop(key)
      this.#flights.delete(key)
    }
  }

  /** Drops what is kept for these targets, also where only the cache has it. */
  forgetTargets(targets: readonly Target[]): void {
    for (const key of targets.map(keyOf)) {
      this.#drop(key)
      this.#flights.delete(key)
    }
  }

  /** Drops everything from memory and asks for nothing ahead any more; a cache of the caller's keeps what it has. */
  close(): void {
    this.#kept.close()
  }

  #begin(target: Target, minTtlMs: number, answer: Promise<CachedToken>): Promise<AccessToken> {
    const key = keyOf(target)
    // What was asked for before its target was dropped may bring the token that was dropped: it is not kept.
    const isCurrent = () => this.#flights.get(key) === flight
    const token = answer
      .then((found) => (isCurrent() ? this.#keep(target, found, minTtlMs) : new AccessToken({ ...found, clock: this.#clock })))
      .catch((error: unknown) => {
        if (isCurrent()) return this.#fallBack(key, error)
        throw error
      })
      .finally(() => isCurrent() && this.#flights.delete(key))
    const flight: Flight = { minTtlMs, token }
    this.#flights.set(key, flight)
    // Who waits for it sees the failure; perhaps nobody does.
    token.catch(() => undefined)
    return token
  }

  async #recallOrLoad(target: Target, minTtlMs: number): Promise<CachedToken> {
    const recalled = await this.#recall(target, minTtlMs)
    // With a living token at hand nobody waits for a second try.
    return recalled ?? this.#source.load(target, minTtlMs, this.peek(target) === null)
  }

  async #recallOrLoadMany(targets: readonly Target[], minTtlMs: number): Promise<ReadonlyMap<string, CachedToken | KeyrackError>> {
    const recalled = await Promise.all(targets.map(async (target) => [target, await this.#recall(target, minTtlMs)] as const))
    const missing = recalled.flatMap(([target, token]) => (token ? [] : [target]))
    const loaded = missing.length === 0 ? [] : await this.#source.loadMany(missing, minTtlMs)
    return new Map([...loaded, ...recalled.flatMap(([target, token]) => (token ? [[keyOf(target), token] as const] : []))])
  }

  /** A token of the caller's own cache that is good enough; one that is only good at need is kept for that. */
  async #recall(target: Target, minTtlMs: number): Promise<CachedToken | null> {
    const key = keyOf(target)
    if (this.#kept.living(key)) return null
    const found = await this.#cache.get(key)
    const left = found ? found.goodUntil - this.#clock.now() : 0
    if (!found || left <= 0) return null
    if (left >= minTtlMs) return found
    this.#kept.put(target, found, 0)
    return null
  }

  #keep(target: Target, found: CachedToken, minTtlMs: number): AccessToken {
    const left = found.goodUntil - this.#clock.now()
    if (left <= 0) {
      throw new TemporarilyUnavailableError({ code: 'temporarily_unavailable', message: 'The token ended on its way here.' })
    }
    void this.#cache.set(keyOf(target), found, Math.ceil(left / 1_000))
    return this.#kept.put(target, found, minTtlMs)
  }

  #fallBack(key: string, error: unknown): AccessToken {
    if (isClearNo(error)) this.#drop(key)
    const living = this.#kept.living(key)
    if (!living) throw error
    this.#kept.holdOn(key, error instanceof TemporarilyUnavailableError ? error.retryAfterSeconds : null)
    return living
  }

  #drop(key: string): void {
    this.#kept.drop(key)
    void this.#cache.delete(key)
  }
}

function unwrap(outcome: CachedToken | KeyrackError | undefined): CachedToken {
  if (outcome === undefined) throw new TemporarilyUnavailableError({ code: 'unreachable', message: 'Keyrack left this one out.' })
  if (outcome instanceof KeyrackError) throw outcome
  return outcome
}

async function settle(wanted: Promise<AccessToken>): Promise<TokenOutcome> {
  try {
    return { token: await wanted, error: null }
  } catch (error) {
    if (error instanceof KeyrackError) return { token: null, error }
    throw error
  }
}
