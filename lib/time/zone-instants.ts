const DAY_MS = 86_400_000
const ZONE_NAME = /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+){0,3}$/

/**
 * Every instant (epoch milliseconds, earliest first) at which clocks in the zone show the local time, given
 * as if it were UTC: one as a rule, two in the night when clocks go back. In the hour that clocks skip
 * in spring both readings are given. Null when the zone is not in the runtime's time zone database.
 */
export function instantsInZone(localAsUtcMs: number, zone: string): number[] | null {
  const before = offsetAt(localAsUtcMs - DAY_MS, zone)
  const after = offsetAt(localAsUtcMs + DAY_MS, zone)
  if (before === null || after === null) return null
  const readings = [...new Set([before, after])].map((offset) => localAsUtcMs - offset).sort((a, b) => a - b)
  const shown = readings.filter((instant) => offsetAt(instant, zone) === localAsUtcMs - instant)
  return shown.length > 0 ? shown : readings
}

/** Offset of the zone from UTC at an instant, in milliseconds east; null when the zone is unknown. */
export function offsetAt(instantMs: number, zone: string): number | null {
  const format = formatFor(zone)
  if (!format) return null
  const parts = Object.fromEntries(format.formatToParts(instantMs).map(({ type, value }) => [type, Number(value)]))
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  const wholeSecond = Math.floor(instantMs / 1000) * 1000
  return Date.UTC(year, month - 1, day, hour, minute, second) - wholeSecond
}

function formatFor(zone: string): Intl.DateTimeFormat | null {
  if (!ZONE_NAME.test(zone)) return null
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      calendar: 'gregory',
      numberingSystem: 'latn',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
