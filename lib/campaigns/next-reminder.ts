const DAY_MS = 24 * 60 * 60_000
/** After the first mail. */
const REMINDERS_MS = [DAY_MS, 3 * DAY_MS] as const

/**
 * When somebody is reminded next who was mailed at `first`, and has just been mailed, or passed over, at `now`. Never within a day
 * of that: reminders that an outage held up become fewer, not a heap. Null after the last.
 */
export function nextReminder(first: Date, now: Date): Date | null {
  const planned = REMINDERS_MS.map((ms) => first.getTime() + ms).find((at) => at > now.getTime())
  return planned === undefined ? null : new Date(Math.max(planned, now.getTime() + DAY_MS))
}
