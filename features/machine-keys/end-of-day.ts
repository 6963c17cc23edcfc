const DATE = /^\d{4}-\d{2}-\d{2}$/

/** The last instant of a day (UTC) as a date field has it; null when it is past, or more than `mostMs` away. */
export function endOfDay(date: string, { nowMs, mostMs }: { nowMs: number; mostMs: number }): string | null {
  const endMs = DATE.test(date) ? Date.parse(`${date}T23:59:59.999Z`) : Number.NaN
  if (!(endMs > nowMs && endMs <= nowMs + mostMs)) return null
  const end = new Date(endMs).toISOString()
  // The 31st of a shorter month is read as a day of the next one.
  return end.startsWith(date) ? end : null
}
