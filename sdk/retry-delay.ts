import { TemporarilyUnavailableError } from './errors'

const FIRST_MS = 250
const LONGEST_MS = 4_000
const MOST_ATTEMPTS = 4
/** After this long a caller wants an answer, and be it a bad one. */
const PATIENCE_MS = 20_000
/** Spreads those who were all told the same second. */
const SPREAD_MS = 500

interface Try {
  /** How many there were, the failed one included. */
  readonly attempt: number
  /** Milliseconds since the first one began. */
  readonly spentMs: number
  /** In [0, 1). */
  readonly random: number
}

/**
 * How long to wait before trying again: what `Retry-After` says, else a random part of a growing time (full jitter), so
 * that many callers do not come back together.
 *
 * @returns milliseconds, or null when it is not worth it
 */
export function retryDelay(error: unknown, { attempt, spentMs, random }: Try): number | null {
  if (!(error instanceof TemporarilyUnavailableError) || attempt >= MOST_ATTEMPTS) return null
  const told = error.retryAfterSeconds
  const delay = told === null ? random * Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt) : told * 1_000 + random * SPREAD_MS
  return spentMs + delay > PATIENCE_MS ? null : delay
}
