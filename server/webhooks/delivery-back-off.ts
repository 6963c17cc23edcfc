const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** Waits between the tries of one delivery: with the last it has been tried for a day. */
const WAITS_MS = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR]
const FIRST_FAILURES_UNPUNISHED = 3
const LONGEST_PAUSE_MS = 10 * MINUTE

/** Milliseconds until a delivery is tried again after so many failed tries. */
export function deliveryBackOffMs(tries: number): number {
  return WAITS_MS[Math.min(tries, WAITS_MS.length) - 1] ?? 0
}

/** Milliseconds in which an endpoint is left alone after so many failures in a row, so that one that is down holds up nobody. */
export function endpointPauseMs(failures: number): number {
  if (failures < FIRST_FAILURES_UNPUNISHED) return 0
  return Math.min(LONGEST_PAUSE_MS, 10 * SECOND * 2 ** (failures - FIRST_FAILURES_UNPUNISHED))
}
