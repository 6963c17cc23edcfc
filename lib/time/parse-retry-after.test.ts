import { expect, test } from 'vitest'
import { parseRetryAfter } from './parse-retry-after'

const now = new Date('2026-01-01T00:00:00Z')

test.each<[string | null, number | null, string]>([
  ['120', 120_000, 'seconds'],
  [' 5 ', 5_000, 'blanks around'],
  ['0', 0, 'at once'],
  ['99999999', 3_600_000, 'capped at one hour'],
  ['Thu, 01 Jan 2026 00:01:00 GMT', 60_000, 'an HTTP date'],
  ['Wed, 31 Dec 2025 23:00:00 GMT', 0, 'a date that is past'],
  ['Fri, 02 Jan 2026 00:00:00 GMT', 3_600_000, 'a far date is capped'],
  ['2026-01-01T00:01:00Z', null, 'an ISO date is not an HTTP date'],
  ['-1', null, 'a negative number'],
  ['1.5', null, 'a fraction'],
  ['soon', null, 'a word'],
  ['', null, 'empty'],
  [null, null, 'absent'],
])('reads %j as %j ms, because of: %s', (header, expected) => {
  expect(parseRetryAfter(header, now)).toBe(expected)
})
