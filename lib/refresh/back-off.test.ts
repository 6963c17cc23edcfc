import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BACK_OFF_CAP_MS, backOffMs, patientMs } from './back-off'

const HOUR_MS = 3_600_000
const failures = fc.integer({ min: 1, max: 10_000 })
const random = fc.double({ min: 0, max: 1, noNaN: true })

describe('the back-off', () => {
  test('is full jitter: anywhere between nothing and a span that doubles from one second to five minutes', () => {
    const most = [1, 2, 3, 4, 8, 9, 10, 40].map((count) => backOffMs({ failures: count, retryAfterMs: null, random: 1 }))
    expect(most).toEqual([1_000, 2_000, 4_000, 8_000, 128_000, 256_000, 300_000, 300_000])
    expect(backOffMs({ failures: 9, retryAfterMs: null, random: 0 })).toBe(0)
    fc.assert(
      fc.property(failures, random, (count, share) => {
        const ms = backOffMs({ failures: count, retryAfterMs: null, random: share })
        expect(ms).toBeGreaterThanOrEqual(0)
        expect(ms).toBeLessThanOrEqual(Math.min(1_000 * 2 ** Math.min(count - 1, 20), BACK_OFF_CAP_MS))
      }),
    )
  })

  test('never ends before Retry-After, and honours an hour of it at most', () => {
    fc.assert(
      fc.property(failures, random, fc.integer({ min: 0, max: 48 * HOUR_MS }), (count, share, retryAfterMs) => {
        for (const ms of [backOffMs({ failures: count, retryAfterMs, random: share }), patientMs({ retryAfterMs, random: share })]) {
          expect(ms).toBeGreaterThanOrEqual(Math.min(retryAfterMs, HOUR_MS))
          expect(ms).toBeLessThanOrEqual(HOUR_MS + BACK_OFF_CAP_MS)
        }
      }),
    )
  })

  test('of what needs somebody is half a minute at least, and spread over five minutes from the first failure on', () => {
    expect([0, 0.5, 1].map((share) => patientMs({ retryAfterMs: null, random: share }))).toEqual([30_000, 165_000, 300_000])
  })
})
