import { describe, expect, it } from 'vitest'
import { formatDuration, formatElapsed, formatRelative, formatUtc } from './format-time'

const S = 1_000
const M = 60 * S
const H = 60 * M

describe('formatRelative', () => {
  it.each([
    [0, 'now'],
    [999, 'now'],
    [-999, 'now'],
    [S, 'in 1 second'],
    [-59 * S, '59 seconds ago'],
    [-119 * S, '1 minute ago'],
    [23 * H + 59 * M, 'in 23 hours'],
    [24 * H, 'tomorrow'],
    [-400 * 24 * H, 'last year'],
  ])('says of %i ms %j, rounding towards now', (delta, text) => {
    expect(formatRelative(delta)).toBe(text)
  })

  it('speaks the language of the page', () => {
    expect(formatRelative(-3 * H, 'it')).toBe('3 ore fa')
  })
})

describe('formatDuration', () => {
  it.each([
    [-5 * S, '0s'],
    [999, '0s'],
    [59 * S, '59s'],
    [M, '1m'],
    [4 * M + 5 * S, '4m 5s'],
    [23 * H + 12 * M + 59 * S, '23h 12m'],
    [24 * H, '1d'],
    [24 * H + 30 * M, '1d'],
  ])('turns %i ms into %j, rounding down so that it never promises too much', (ms, text) => {
    expect(formatDuration(ms)).toBe(text)
  })
})

describe('formatElapsed', () => {
  it.each([
    [0, '0 ms'],
    [839.6, '840 ms'],
    [1_240, '1.24 s'],
    [12_449, '12.4 s'],
  ])('turns %d ms into %j', (ms, text) => {
    expect(formatElapsed(ms)).toBe(text)
  })
})

describe('formatUtc', () => {
  it('names the exact second and the zone', () => {
    expect(formatUtc(Date.parse('2026-03-01T13:00:00.789+01:00'))).toBe('2026-03-01 12:00:00 UTC')
  })
})
