import { describe, expect, test } from 'vitest'
import { readExpiry } from './entry-expiry'

const NOW = Date.parse('2026-11-25T12:00:00.000Z')

describe('when an entry removes itself', () => {
  test.each([
    ['never', null],
    ['keep', undefined],
    ['6h', { inHours: 6 }],
    ['1d', { inHours: 24 }],
    ['7d', { inHours: 168 }],
  ] as const)('reads %s', (expiry, expected) => {
    expect(readExpiry({ expiry, on: '' }, NOW)).toEqual(expected)
  })

  test('keeps the entry until the last instant of the day, because a day is meant whole', () => {
    expect(readExpiry({ expiry: 'date', on: '2026-11-30' }, NOW)).toEqual({ at: '2026-11-30T23:59:59.999Z' })
  })

  test.each(['2026-11-24', '2026-02-31', '2028-01-01', '', 'soon'])('refuses %j, which is no day from today on within a year', (on) => {
    expect(readExpiry({ expiry: 'date', on }, NOW)).toBe('wrong')
  })
})
