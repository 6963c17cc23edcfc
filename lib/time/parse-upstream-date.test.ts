import * as fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import vectors from '../../tests/vectors/upstream-dates.json'
import { parseUpstreamDate } from './parse-upstream-date'

const read = (value: unknown) => {
  const { instant, flagged } = parseUpstreamDate(value)
  return { instant: instant?.toISOString() ?? null, flagged }
}

afterEach(() => {
  vi.unstubAllEnvs()
})

describe.each([
  ['UTC', 0],
  ['Europe/Rome', -60],
  ['America/St_Johns', 210],
])('with the process in %s', (zone, expectedOffset) => {
  test.each(vectors)('reads $value, because $why', ({ value, instant, flag }) => {
    vi.stubEnv('TZ', zone)
    expect(new Date('2021-01-01T00:00:00Z').getTimezoneOffset()).toBe(expectedOffset)
    expect(read(value)).toEqual({ instant, flagged: flag })
  })
})

test.each<[unknown, string | null, boolean, string]>([
  ['2023-10-09T10:32:18.36Z[UTC]', '2023-10-09T10:32:18.360Z', false, 'two fraction digits'],
  ['2020-03-17T13:49:01Z[UTC]', '2020-03-17T13:49:01.000Z', false, 'no fraction'],
  ['2020-03-17T13:49Z[UTC]', '2020-03-17T13:49:00.000Z', false, 'Java leaves out seconds that are zero'],
  ['2020-03-17T17:41:51.999999999Z', '2020-03-17T17:41:51.999Z', false, 'truncated, never rounded up'],
  ['2020-03-17T17:41:51.1234567890Z', null, false, 'ten fraction digits'],
  ['2020-03-17T17:41:51.Z', null, false, 'a point without digits'],
  ['1584466911', '2020-03-17T17:41:51.000Z', false, 'ten digits are seconds'],
  ['1584466911.178000000', '2020-03-17T17:41:51.178Z', false, 'Java Instant as decimal seconds'],
  [1584466911178, '2020-03-17T17:41:51.178Z', false, 'a number of milliseconds'],
  [1584466911, '2020-03-17T17:41:51.000Z', false, 'a number of seconds'],
  ['86400', null, false, 'a duration is not an instant'],
  ['2020-02-30T00:00:00Z', null, false, 'a date that would roll over'],
  ['2021-02-29T00:00:00Z', null, false, 'no leap year'],
  ['2020-02-29T00:00:00Z', '2020-02-29T00:00:00.000Z', false, 'a leap year'],
  ['2020-13-01T00:00:00Z', null, false, 'month range'],
  ['2020-00-10T00:00:00Z', null, false, 'month zero'],
  ['2020-03-17T24:00:00Z', null, false, 'hour 24'],
  ['2020-03-17T23:59:60Z', null, false, 'second 60'],
  ['2020-03-17T17:41:51+19:00', null, false, 'an offset that no place has'],
  ['2020-03-17T17:41:51+01:60', null, false, 'offset minutes out of range'],
  ['2020-03-17T17:41:51-03:30', '2020-03-17T21:11:51.000Z', false, 'negative half-hour offset'],
  ['2020-03-17T17:41:51-00:00', '2020-03-17T17:41:51.000Z', false, 'RFC 3339 unknown local offset is UTC'],
  ['0000-00-00T00:00:00Z', null, false, 'not a day at all'],
  [' 2020-03-17T17:41:51Z', null, false, 'leading blank'],
  ['2020-03-17T17:41:51Z ', null, false, 'trailing blank'],
  ['2020-03-17T17:41:51Z\n', null, false, 'trailing newline'],
  ['２０２０-03-17T17:41:51Z', null, false, 'full-width digits'],
  ['2020-03-17T17:41:51Z[]', null, false, 'an empty suffix'],
  ['2020-03-17T17:41:51Z[UTC', null, false, 'an open bracket'],
  [null, null, false, 'null'],
  [undefined, null, false, 'undefined'],
  [Number.NaN, null, false, 'NaN'],
  [{}, null, false, 'an object'],
  [['2020-03-17T17:41:51Z'], null, false, 'an array'],
])('reads %j as %j (flagged: %j), because of: %s', (value, instant, flagged) => {
  expect(read(value)).toEqual({ instant, flagged })
})

describe('zones', () => {
  test.each<[string, string | null, boolean, string]>([
    ['2020-03-17T18:41:51+01:00[Europe/Rome]', '2020-03-17T17:41:51.000Z', false, 'offset and zone agree'],
    ['2020-07-17T18:41:51+02:00[Europe/Rome]', '2020-07-17T16:41:51.000Z', false, 'summer offset agrees'],
    ['2020-07-17T18:41:51+01:00[Europe/Rome]', '2020-07-17T16:41:51.000Z', true, 'winter offset in summer: earliest'],
    ['2020-03-17T17:41:51Z[Europe/Rome]', '2020-03-17T16:41:51.000Z', true, 'Z in a zone that is not UTC: earliest'],
    ['2020-03-17T17:41:51-05:00[UTC]', '2020-03-17T17:41:51.000Z', true, 'the zone is the earlier reading'],
    ['2020-03-17T17:41:51[Europe/Rome]', '2020-03-17T16:41:51.000Z', false, 'a zone without offset is enough'],
    ['2020-03-17T17:41:51[UTC]', '2020-03-17T17:41:51.000Z', false, 'UTC without Z'],
    ['2020-03-17T17:41:51+01:00[+01:00]', '2020-03-17T16:41:51.000Z', false, 'a numeric zone'],
    ['2020-03-17T17:41:51+01:00[UTC+01:00]', '2020-03-17T16:41:51.000Z', false, 'a Java numeric zone'],
    ['2020-03-17T17:41:51Z[Mars/Base]', '2020-03-17T17:41:51.000Z', true, 'an unknown zone leaves the offset in force'],
    ['2020-03-17T17:41:51Z[!Mars/Base]', null, false, 'an unknown zone that is critical'],
    ['2020-03-17T17:41:51[Mars/Base]', '2020-03-17T16:41:51.000Z', true, 'an unknown zone alone is no zone'],
    ['2020-03-17T17:41:51Z[UTC][u-ca=iso8601]', '2020-03-17T17:41:51.000Z', false, 'a calendar tag moves nothing'],
    ['2020-03-17T17:41:51Z[UTC][!u-ca=hebrew]', null, false, 'a critical tag that we do not know'],
    ['2020-03-17T17:41:51Z[UTC][Europe/Rome]', null, false, 'two zones'],
  ])('reads %s as %s (flagged: %j), because of: %s', (value, instant, flagged) => {
    expect(read(value)).toEqual({ instant, flagged })
  })

  test.each([
    ['2020-10-25T02:30:00', '2020-10-25T00:30:00.000Z', true, 'shown twice in Rome: the first time'],
    ['2020-10-25T02:30:00[Europe/Rome]', '2020-10-25T00:30:00.000Z', true, 'shown twice in its own zone'],
    ['2020-10-25T02:30:00+01:00[Europe/Rome]', '2020-10-25T01:30:00.000Z', false, 'the offset tells which of the two'],
    ['2020-10-25T02:30:00+02:00[Europe/Rome]', '2020-10-25T00:30:00.000Z', false, 'the offset tells which of the two'],
    ['2020-03-29T02:30:00', '2020-03-29T00:30:00.000Z', true, 'never shown in Rome: the earlier reading'],
    ['2020-03-29T02:30:00[Europe/Rome]', '2020-03-29T00:30:00.000Z', true, 'never shown in its own zone'],
    ['2020-03-29T03:30:00[Europe/Rome]', '2020-03-29T01:30:00.000Z', false, 'the first summer hour'],
  ])(
    'reads %s in a night when Rome changes its clocks as %s (flagged: %j), because of: %s',
    (value, instant, flagged) => {
      expect(read(value)).toEqual({ instant, flagged })
    },
  )
})

test('never reads an instant of unknown zone later than UTC or Rome would, because early costs one refresh only', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('2000-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }), (date) => {
      const { instant, flagged } = parseUpstreamDate(date.toISOString().slice(0, -1))
      expect(flagged).toBe(true)
      expect([3_600_000, 7_200_000]).toContain(date.getTime() - (instant?.getTime() ?? 0))
    }),
    { numRuns: 300 },
  )
})

test('reads back every instant that Java prints, because the upstream is written in it', () => {
  const suffixes = fc.constantFrom('Z', 'Z[UTC]', 'Z[GMT]', '+00:00[UTC]', '+00:00', 'z')
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1970-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
      suffixes,
      fc.stringMatching(/^\d{0,6}$/),
      (date, suffix, more) => {
        expect(read(date.toISOString().slice(0, -1) + more + suffix)).toEqual({
          instant: date.toISOString(),
          flagged: false,
        })
      },
    ),
    { numRuns: 2_000 },
  )
})

test('never throws, because a token must not be lost over its date', () => {
  const near = fc.constantFrom(...vectors.map(({ value }) => value))
  const mutated = fc
    .tuple(near, fc.nat(40), fc.string({ unit: 'binary', maxLength: 3 }))
    .map(([text, at, noise]) => text.slice(0, at) + noise + text.slice(at + 1))
  fc.assert(
    fc.property(fc.oneof(fc.anything(), mutated), (value) => {
      const { instant } = parseUpstreamDate(value)
      expect(instant === null || !Number.isNaN(instant.getTime())).toBe(true)
    }),
    { numRuns: 10_000 },
  )
})
