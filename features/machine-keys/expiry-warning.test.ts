import { expect, test } from 'vitest'
import { warningOf } from './expiry-warning'

const DAY_MS = 24 * 60 * 60 * 1000

test.each([
  [30 * DAY_MS + 1, 'none'],
  [30 * DAY_MS, 'month'],
  [7 * DAY_MS + 1, 'month'],
  [7 * DAY_MS, 'week'],
  [DAY_MS + 1, 'week'],
  [DAY_MS, 'day'],
  [1, 'day'],
  [0, 'over'],
  [-1, 'over'],
] as const)('with %d ms left the warning is %s', (leftMs, warning) => {
  expect(warningOf(leftMs)).toBe(warning)
})
