/** Time as the client sees it. A test brings its own. */
export interface Clock {
  /** Milliseconds that never go back; comparable with those of another process, give or take its wall clock. */
  now(): number
  /** Waits; the process stays alive meanwhile. */
  sleep(ms: number): Promise<void>
  /** Calls `act` once, later, unless the process ends before. @returns what takes it back */
  later(ms: number, act: () => void): () => void
}

const LONGEST_TIMER_MS = 2 ** 31 - 1

/**
 * The machine's clock. A wall clock that is set back changes nothing, and a machine that was asleep notices how long,
 * which the steady clock alone does not say.
 */
export function systemClock(): Clock {
  let ahead = Number.NEGATIVE_INFINITY
  return {
    now() {
      const steady = performance.now()
      ahead = Math.max(ahead, Date.now() - steady)
      return steady + ahead
    },
    sleep: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
    later(ms, act) {
      const timer = setTimeout(act, Math.min(ms, LONGEST_TIMER_MS))
      timer.unref()
      return () => clearTimeout(timer)
    },
  }
}
