import { expect, test } from 'vitest'
import { nextReminder } from './next-reminder'

const DAY_MS = 24 * 60 * 60_000
const FIRST = new Date('2026-11-26T08:00:00.000Z')
const after = (days: number) => new Date(FIRST.getTime() + days * DAY_MS)

test.each([
  ['the first mail', 0, 1],
  ['the first reminder', 1, 3],
  ['a first reminder that waited for an hour', 1 + 1 / 24, 3],
  ['a first reminder that came late, because never two come within a day', 2.5, 3.5],
])('after %s, on day %d, the next is on day %d', (_, now, next) => {
  expect(nextReminder(FIRST, after(now))).toEqual(after(next))
})

test.each([3, 3.5, 4, 30])('on day %d there is no other, however many an outage left out', (now) => {
  expect(nextReminder(FIRST, after(now))).toBeNull()
})
