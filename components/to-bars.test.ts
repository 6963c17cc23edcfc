import { describe, expect, test } from 'vitest'
import { toBars } from './to-bars'

const SPACE = { space: 2 ** 32, columns: 256 }

describe('ranges as bars', () => {
  test('draws one number as wide as one column, because thinner would not be seen', () => {
    expect(toBars([{ first: 8 * 2 ** 24 + 5, last: 8 * 2 ** 24 + 5 }], SPACE)).toEqual([{ x: 8, width: 1 }])
  })

  test('draws everything from edge to edge', () => {
    expect(toBars([{ first: 0, last: 2 ** 32 - 1 }], SPACE)).toEqual([{ x: 0, width: 256 }])
  })

  test('joins what touches, whatever its order', () => {
    const ranges = [{ first: 3 * 2 ** 24, last: 4 * 2 ** 24 - 1 }, { first: 2 ** 25, last: 2 ** 25 }, { first: 2 ** 31, last: 2 ** 31 }]
    expect(toBars(ranges, SPACE)).toEqual([{ x: 2, width: 2 }, { x: 128, width: 1 }])
  })

  test('has no more bars than columns, however many ranges there are', () => {
    const ranges = Array.from({ length: 10_000 }, (_, index) => ({ first: index * 400_000, last: index * 400_000 }))
    expect(toBars(ranges, SPACE).length).toBeLessThanOrEqual(256)
  })
})
