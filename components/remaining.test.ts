import { describe, expect, it } from 'vitest'
import { lastCrossed, MINUTE_THRESHOLDS, shareLeft, toneOfRemaining } from './remaining'

describe('toneOfRemaining', () => {
  it.each([
    [60_000, 'success'],
    [30_001, 'success'],
    [30_000, 'warning'],
    [10_001, 'warning'],
    [10_000, 'danger'],
    [-1, 'danger'],
  ])('calls %i ms left of a minute %s', (remaining, tone) => {
    expect(toneOfRemaining(remaining, MINUTE_THRESHOLDS)).toBe(tone)
  })
})

describe('lastCrossed', () => {
  it.each([
    [45_000, null],
    [30_000, 30_000],
    [11_000, 30_000],
    [9_999, 10_000],
    [-5, 0],
  ])('at %i ms left it is %s, so that a screen reader hears thresholds and not seconds', (remaining, crossed) => {
    expect(lastCrossed(remaining, [30_000, 10_000, 0])).toBe(crossed)
  })
})

describe('shareLeft', () => {
  it.each([
    [12, 24, 0.5],
    [48, 24, 1],
    [-1, 24, 0],
    [5, 0, 0],
  ])('%i of %i leaves %f, never outside 0 to 1', (remaining, total, share) => {
    expect(shareLeft(remaining, total)).toBe(share)
  })
})
