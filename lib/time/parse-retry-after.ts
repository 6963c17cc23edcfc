const MAX_WAIT_MS = 3_600_000
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/

/**
 * Reads a `Retry-After` header (seconds or an HTTP date) into milliseconds to wait from `now`,
 * between 0 and one hour. Null when it is absent or unreadable. Octorate sends none today
 * (contract, "Errors"); gateways in front of it may.
 */
export function parseRetryAfter(header: string | null, now: Date): number | null {
  if (header === null) return null
  const text = header.trim()
  if (/^\d{1,9}$/.test(text)) return clamp(Number(text) * 1000)
  if (!HTTP_DATE.test(text)) return null
  const at = Date.parse(text)
  return Number.isNaN(at) ? null : clamp(at - now.getTime())
}

function clamp(ms: number): number {
  return Math.min(Math.max(ms, 0), MAX_WAIT_MS)
}
