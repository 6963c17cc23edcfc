const DAY_MS = 86_400_000

/** Days before an admin token ends on which people are reminded, the last one first. */
export const REMINDER_DAYS = [1, 7, 30, 60] as const

/**
 * The reminder that is due for an admin token: the smallest number of days that it certainly does not outlive, 0 once it
 * has ended, null while there is time. It has no refresh token: somebody has to log in again (contract, "Two kinds of
 * bearer token").
 */
export function reminderFor(expiresAt: Date, now: Date): 0 | (typeof REMINDER_DAYS)[number] | null {
  const leftMs = expiresAt.getTime() - now.getTime()
  if (leftMs <= 0) return 0
  return REMINDER_DAYS.find((days) => leftMs <= days * DAY_MS) ?? null
}
