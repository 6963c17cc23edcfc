/** Counts in a window that begins with the first call after the last one ended. */
export interface RateWindow {
  readonly endsAtMs: number
  readonly used: number
}

export interface RateVerdict {
  readonly window: RateWindow
  readonly isAllowed: boolean
  readonly remaining: number
  /** Seconds until the window ends, rounded up: then all calls are there again. */
  readonly resetSeconds: number
}

/** One more call at `nowMs`. A refused one is not counted, so who waits as told is served. */
export function countCall(before: RateWindow | undefined, quota: { calls: number; windowMs: number }, nowMs: number): RateVerdict {
  const isRunning = before !== undefined && nowMs < before.endsAtMs && before.endsAtMs - nowMs <= quota.windowMs
  const { endsAtMs, used } = isRunning ? before : { endsAtMs: nowMs + quota.windowMs, used: 0 }
  const isAllowed = used < quota.calls
  const window = { endsAtMs, used: isAllowed ? used + 1 : used }
  return { window, isAllowed, remaining: quota.calls - window.used, resetSeconds: Math.ceil((endsAtMs - nowMs) / 1000) }
}
