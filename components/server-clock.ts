/**
 * One clock for everything that ticks: the server's, carried on by the browser's.
 * The browser's own clock may be minutes off, and a countdown of 60 s would then lie.
 */
export type Instant = Date | number | string

type Clock = { lastServerMs: number; offsetMs: number } | null

let clock: Clock = null
let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

const TICK_MS = 1_000

/** Milliseconds since 1970 of an instant in any of its three forms. Throws TypeError on anything else. */
export function toMs(instant: Instant): number {
  const ms = instant instanceof Date ? instant.getTime() : typeof instant === 'number' ? instant : Date.parse(instant)
  if (Number.isNaN(ms)) throw new TypeError('instant: expected a date, milliseconds or an ISO 8601 text')
  return ms
}

/**
 * Sets the clock by an instant that the server rendered. An older one than the last is passed over:
 * a page from the browser's history carries its old `now`.
 */
export function syncClock(serverMs: number, browserMs: number): void {
  if (clock !== null && serverMs <= clock.lastServerMs) return
  clock = { lastServerMs: serverMs, offsetMs: serverMs - browserMs }
}

/** The time now; before the first `syncClock` it is `fallbackMs`. */
export function readClock(fallbackMs: number, browserMs: number): number {
  return clock === null ? fallbackMs : browserMs + clock.offsetMs
}

/** Calls back each second, all subscribers at the same moment. */
export function subscribeTicks(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    for (const each of listeners) each()
  }, TICK_MS)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}
