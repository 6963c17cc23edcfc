import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatUpstreamDate } from './format-upstream-date'
import { parseUpstreamDate } from './parse-upstream-date'

test.each([
  ['2023-10-09T10:32:18.360Z', '2023-10-09T10:32:18.36Z[UTC]'],
  ['2020-03-17T13:49:01.000Z', '2020-03-17T13:49:01Z[UTC]'],
  ['2026-03-16T09:10:10.100Z', '2026-03-16T09:10:10.1Z[UTC]'],
  ['2026-03-16T09:10:10.007Z', '2026-03-16T09:10:10.007Z[UTC]'],
])('%s is written %s, as Octorate writes it', (iso, expected) => {
  expect(formatUpstreamDate(new Date(iso))).toBe(expected)
})

test('is read back as the same instant by whoever reads Octorate’s', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }), (instant) => {
      expect(parseUpstreamDate(formatUpstreamDate(instant))).toEqual({ instant, flagged: false })
    }),
  )
})
