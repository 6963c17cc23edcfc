const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** Waits between tries: about a day and a half in all. */
const WAITS_MS = [15 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 8 * HOUR, 24 * HOUR]

/** Milliseconds until a mail is tried again after so many failed tries; null when it is given up. */
export function mailBackOffMs(tries: number): number | null {
  return WAITS_MS[tries - 1] ?? null
}
