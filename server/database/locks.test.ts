import { expect, test } from 'vitest'
import { LOCKS } from './locks'

test('no two shared locks have one number, because one holder would keep the other out', () => {
  const numbers = Object.values(LOCKS)
  expect(new Set(numbers).size).toBe(numbers.length)
})
