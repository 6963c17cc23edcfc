const FIRST_RETRY_MS = 5_000
const LONGEST_RETRY_MS = 10 * 60_000

/** How long a line waits after so many tries: doubling, never less than Octorate asked for. */
export function retryWaitMs(tries: number, askedMs: number | null = null): number {
  const doubled = FIRST_RETRY_MS * 2 ** Math.max(0, Math.min(tries - 1, 10))
  return Math.min(Math.max(doubled, askedMs ?? 0), LONGEST_RETRY_MS)
}
