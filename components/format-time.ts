const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

const RELATIVE_STEPS = [
  ['year', 365 * DAY_MS],
  ['month', 30 * DAY_MS],
  ['day', DAY_MS],
  ['hour', HOUR_MS],
  ['minute', MINUTE_MS],
  ['second', SECOND_MS],
] as const

const DURATION_STEPS = [
  ['day', DAY_MS],
  ['hour', HOUR_MS],
  ['minute', MINUTE_MS],
  ['second', SECOND_MS],
] as const

/** "in 3 hours", "2 minutes ago", "now": the largest unit, rounded towards now. `deltaMs` is then minus now. */
export function formatRelative(deltaMs: number, locale = 'en'): string {
  const [unit, unitMs] = RELATIVE_STEPS.find(([, ms]) => Math.abs(deltaMs) >= ms) ?? ['second', SECOND_MS]
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.trunc(deltaMs / unitMs) + 0, unit)
}

/** "23h 12m", "4m 05s" style: the two largest units, rounded down; never below zero. */
export function formatDuration(durationMs: number, locale = 'en'): string {
  const ms = Math.max(0, durationMs)
  const first = DURATION_STEPS.findIndex(([, unitMs]) => ms >= unitMs)
  if (first === -1) return unit(0, 'second', locale)
  let rest = ms
  const parts: string[] = []
  for (const [name, unitMs] of DURATION_STEPS.slice(first, first + 2)) {
    const amount = Math.floor(rest / unitMs)
    rest -= amount * unitMs
    if (amount > 0 || parts.length === 0) parts.push(unit(amount, name, locale))
  }
  return parts.join(' ')
}

/** How long something took: "840 ms" below a second, "1.24 s" below ten, "12.4 s" from there. */
export function formatElapsed(elapsedMs: number, locale = 'en'): string {
  if (elapsedMs < SECOND_MS) return `${Math.round(elapsedMs)} ms`
  const digits = elapsedMs < 10 * SECOND_MS ? 2 : 1
  const seconds = new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(elapsedMs / SECOND_MS)
  return `${seconds} s`
}

/** "2026-03-01 12:00:00 UTC": the exact instant, for titles. */
export function formatUtc(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

function unit(amount: number, name: string, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'narrow' }).format(amount)
}
