import { expect, test } from 'vitest'
import { formatClock } from './format-clock'

const at = (text: string) => Date.parse(text)

test.each([
  ['2026-03-16T14:22:59Z', 'UTC', '14:22 UTC'],
  ['2026-03-17T02:10:00Z', 'UTC', '02:10 UTC tomorrow'],
  ['2026-03-15T23:59:00Z', 'UTC', '23:59 UTC yesterday'],
  ['2026-03-18T00:00:00Z', 'UTC', '18 Mar, 00:00 UTC'],
  ['2026-03-16T23:30:00Z', 'Europe/Rome', '00:30 tomorrow'],
  ['2026-03-16T14:22:00Z', 'Europe/Rome', '15:22'],
])('writes %s in %s as "%s"', (instant, timeZone, text) => {
  expect(formatClock(at(instant), { nowMs: at('2026-03-16T09:10:00Z'), timeZone })).toBe(text)
})

test('counts days by the calendar, because the night of the summer clock has 23 hours', () => {
  expect(formatClock(at('2026-03-29T12:00:00Z'), { nowMs: at('2026-03-28T22:30:00Z'), timeZone: 'Europe/Rome' })).toBe('14:00 tomorrow')
})
