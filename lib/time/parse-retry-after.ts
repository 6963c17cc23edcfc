import { parseHttpDate } from './parse-http-date'

const MAX_WAIT_MS = 3_600_000

/**
 * Reads a `Retry-After` header (seconds or an HTTP date) into milliseconds to wait from `now`,
 * between 0 and one hour. Null when it is absent or unreadable. Octorate sends none today
 * (contract, "Errors"); gateways in front of it may.
 */
export function parseRetryAfter(header: string | null, now: Date): number | null {
  const text = header?.trim() ?? ''
  if (/^\d{1,9}$/.test(text)) return clamp(Number(text) * 1000)
  const at = parseHttpDate(text)
  return at ? clamp(at.getTime() - now.getTime()) : null
}

function clamp(ms: number): number {
  return Math.min(Math.max(ms, 0), MAX_WAIT_MS)
}
