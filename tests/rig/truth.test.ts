import { expect, test } from 'vitest'
import { highestIn } from './truth'

test('counts the most events within any window, wherever it begins', () => {
  expect(highestIn(1_000, [])).toBe(0)
  expect(highestIn(1_000, [0, 1_000, 2_000])).toBe(1)
  expect(highestIn(1_000, [0, 900, 1_800, 1_850, 1_899, 5_000])).toBe(4)
})
