import { systemClock, type Clock } from './clock'
import { isLoopback } from './is-loopback'
import { requireKey } from './machine-api'
import type { TokenCache } from './token-cache'

export interface KeyrackClientOptions {
  /** The console's own address, such as https://keyrack.example.com. Plain http on this machine only. */
  readonly url: string | URL
  /** A machine key, or what reads it, which is called for every request: a rotated key needs no restart then. */
  readonly key: string | (() => string | Promise<string>)
  /** Seconds of life that a token has at least, when it can be had; 60 unless given, at most 43,200. */
  readonly minTtlSeconds?: number
  /** Where tokens are kept besides memory. */
  readonly cache?: TokenCache
  /** Milliseconds until a request is given up; 30,000 unless given, since Keyrack may have to wait for Octorate first. */
  readonly timeoutMs?: number
  /** For Keyrack and, in `fetchWithToken`, for Octorate; the platform's own unless given. */
  readonly fetch?: typeof fetch
  /** For tests. */
  readonly clock?: Clock
  /** For tests: a number in [0, 1), as Math.random. */
  readonly random?: () => number
}

const DEFAULT_MIN_TTL_SECONDS = 60
const LONGEST_MIN_TTL_SECONDS = 43_200
const TIMEOUT_MS = 30_000

/** @throws TypeError or RangeError that says which option is wrong, and never holds the key */
export function readOptions(options: KeyrackClientOptions) {
  const { key, cache, clock = systemClock(), random = Math.random, timeoutMs = TIMEOUT_MS } = options
  if (typeof key === 'string') requireKey(key)
  return {
    url: readUrl(options.url),
    key: typeof key === 'string' ? () => key : key,
    minTtlMs: toMinTtlMs(options.minTtlSeconds ?? DEFAULT_MIN_TTL_SECONDS),
    fetch: options.fetch ?? platformFetch,
    cache,
    clock,
    random,
    timeoutMs,
  }
}

/** Looked up at each call, so that whoever instruments it later is heard. */
const platformFetch: typeof fetch = (input, init) => fetch(input, init)

/** @throws RangeError */
export function toMinTtlMs(seconds: number): number {
  if (!Number.isFinite(seconds) || seconds < 0 || seconds > LONGEST_MIN_TTL_SECONDS) {
    throw new RangeError(`minTtlSeconds is from 0 to ${LONGEST_MIN_TTL_SECONDS}.`)
  }
  return seconds * 1_000
}

function readUrl(given: string | URL): URL {
  if (!URL.canParse(given)) throw new TypeError("url is not an address. Give the console's own, such as https://keyrack.example.com.")
  const url = new URL(given)
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))) return url
  throw new TypeError('url must begin with https://, except on this machine: the machine key would cross the network in plain text.')
}
