const DAY_MS = 24 * 60 * 60 * 1000

export type ExpiryWarning = 'none' | 'month' | 'week' | 'day' | 'over'

/** How urgent it is that a key expires: at thirty days, seven days and one day before the end. */
export function warningOf(leftMs: number): ExpiryWarning {
  if (leftMs <= 0) return 'over'
  if (leftMs <= DAY_MS) return 'day'
  if (leftMs <= 7 * DAY_MS) return 'week'
  return leftMs <= 30 * DAY_MS ? 'month' : 'none'
}
