import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countCall, type RateWindow } from './rate-window'

const quota = { calls: 3, windowMs: 60_000 }

function callAt(times: readonly number[]) {
  let window: RateWindow | undefined
  return times.map((at) => {
    const verdict = countCall(window, quota, at)
    window = verdict.window
    return verdict
  })
}

describe('a window of calls', () => {
  test('allows as many as the quota says, and all again when it ends', () => {
    const verdicts = callAt([0, 10_000, 20_000, 30_000, 59_999, 60_000])
    expect(verdicts.map(({ isAllowed, remaining, resetSeconds }) => [isAllowed, remaining, resetSeconds])).toEqual([
      [true, 2, 60], [true, 1, 50], [true, 0, 40], [false, 0, 30], [false, 0, 1], [true, 2, 60],
    ])
  })

  test('serves who waits as told', () => {
    const [, , , refused] = callAt([0, 1, 2, 12_345])
    const after = countCall(refused?.window, quota, 12_345 + (refused?.resetSeconds ?? 0) * 1000)
    expect([refused?.isAllowed, after.isAllowed]).toEqual([false, true])
  })

  test('begins anew when the clock is put back, instead of refusing for hours', () => {
    const [, , last] = callAt([3_600_000, 3_600_001, 3_600_002])
    expect(countCall(last?.window, quota, 0).isAllowed).toBe(true)
  })

  test('never allows more than twice the quota within any one window', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(300_000), { maxLength: 200 }), (unsorted) => {
        const times = unsorted.toSorted((a, b) => a - b)
        const allowed = times.filter((_, index) => callAt(times)[index]?.isAllowed)
        for (const start of allowed) expect(allowed.filter((at) => at >= start && at < start + quota.windowMs).length).toBeLessThanOrEqual(6)
      }),
      { numRuns: 50 },
    )
  })
})
