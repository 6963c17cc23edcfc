import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gapOf, narrow, REFUSED_GAP_MS, widen, WIDEST_GAP_MS } from './pace'

const rate = fc.integer({ min: 1, max: 1_000 })

describe('the gap between two refreshes of an API client', () => {
  test('lets no sliding second see more than the rate, even when the first of them comes late by half a tenth', () => {
    fc.assert(
      fc.property(rate, (perSecond) => {
        // One more than the rate spans so many gaps.
        expect(perSecond * gapOf(perSecond)).toBeGreaterThanOrEqual(1_000 * 1.05)
      }),
    )
  })

  test('is none where there is no cap', () => {
    expect(gapOf(0)).toBe(0)
  })

  test('doubles when the quota is used up, from something on, and never beyond five seconds', () => {
    expect(widen(0)).toBe(100)
    expect(widen(400)).toBe(800)
    expect(widen(4_000)).toBe(WIDEST_GAP_MS)
  })

  test('comes back to the rate within forty successes, and never narrower', () => {
    fc.assert(
      fc.property(rate, (perSecond) => {
        const base = gapOf(perSecond)
        let gap = WIDEST_GAP_MS
        let successes = 0
        for (; gap > base; successes += 1) gap = narrow(gap, base)
        expect(gap).toBe(base)
        expect(successes).toBeLessThanOrEqual(40)
      }),
    )
  })

  test('of an API client that was refused is a minute, and a pace again after one success', () => {
    expect(narrow(REFUSED_GAP_MS, gapOf(20))).toBeLessThan(WIDEST_GAP_MS)
  })
})
