import { expect, test } from 'vitest'
import { nextMark } from './by-hour'

const hour = (time: string, without: number) => ({ until: `2026-03-16T${time}:00.000Z`, ends: 0, without })
const facts = (firstAt: string | null) => ({
  total: 9, over: 0, lastAt: null, later: 0, firstAt: firstAt && `2026-03-16T${firstAt}.000Z`,
  hours: [hour('10:00', 0), hour('11:00', 2), hour('12:00', 7)],
})

test.each([
  ['10:30:00', '2026-03-16T12:00:00.000Z', 7],
  ['10:00:00', '2026-03-16T11:00:00.000Z', 2],
  ['10:00:01', '2026-03-16T12:00:00.000Z', 7],
])('after a first loss at %s is %s', (firstAt, until, without) => {
  expect(nextMark(facts(firstAt))).toMatchObject({ until, without })
})

test('is none without a loss, or when the first is in the last hour or later', () => {
  expect(nextMark(facts(null))).toBeNull()
  expect(nextMark(facts('11:30:00'))).toBeNull()
  expect(nextMark(facts('23:30:00'))).toBeNull()
})
