const SHORTEST_WAIT_MS = 15_000
const FIRST_BACK_OFF_MS = 5_000
const LONGEST_BACK_OFF_MS = 5 * 60_000

/** A target that nobody asked for in this time is left to expire. */
export const WARM_MS = 24 * 3_600_000

/**
 * When a kept token is asked for anew: before half of what is left has passed, so that more than half of it remains
 * should Keyrack be down then. The random part spreads tokens that were fetched together.
 */
export function renewalDelay(leftMs: number, random: number): number {
  return Math.max(SHORTEST_WAIT_MS, leftMs * (0.4 + 0.1 * random))
}

/** When to ask again in the background after `failures` in a row (full jitter), and not before Keyrack said. */
export function backOff(failures: number, { retryAfterSeconds, random }: { retryAfterSeconds: number | null; random: number }): number {
  const longest = Math.min(LONGEST_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** Math.min(failures, 10))
  return (retryAfterSeconds ?? 0) * 1_000 + random * longest
}

/** How long a token that is shorter than asked for is given out without asking again: Keyrack had no longer one. */
export function shortTokenHold(leftMs: number): number {
  return Math.min(5_000, leftMs / 2)
}
