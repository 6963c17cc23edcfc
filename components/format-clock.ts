const DAY_MS = 24 * 60 * 60_000

interface Wish {
  readonly nowMs: number
  /** An IANA name; the browser's own without it. */
  readonly timeZone?: string | undefined
  readonly locale?: string | undefined
}

/** "14:22", "02:10 tomorrow", "27 Nov, 02:10": the wall clock, with the day where it is not today. */
export function formatClock(ms: number, { nowMs, timeZone, locale = 'en' }: Wish): string {
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(ms)
  const days = Math.round((dayOf(ms, timeZone) - dayOf(nowMs, timeZone)) / DAY_MS)
  const zone = timeZone === 'UTC' ? ' UTC' : ''
  if (days === 0) return `${time}${zone}`
  if (Math.abs(days) === 1) return `${time}${zone} ${new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day')}`
  return `${new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone }).format(ms)}, ${time}${zone}`
}

/** The calendar day of an instant, as the instant at which that day begins in UTC. */
function dayOf(ms: number, timeZone: string | undefined): number {
  const parts = new Intl.DateTimeFormat('en-US', { year: 'numeric', month: 'numeric', day: 'numeric', timeZone }).formatToParts(ms)
  const value = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  return Date.UTC(value('year'), value('month') - 1, value('day'))
}
