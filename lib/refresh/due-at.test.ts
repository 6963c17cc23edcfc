import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dueAt, LONGEST_LIFE_MS, OVER_ON_ARRIVAL_PAUSE_MS, SHORTEST_PAUSE_MS } from './due-at'

const DAY_MS = 86_400_000
const issuedAt = new Date('2026-03-16T09:00:00Z')

function pauseOf(connectionId: string, lifeMs: number): number {
  return dueAt({ connectionId, issuedAt, expiresAt: new Date(issuedAt.getTime() + lifeMs) }).getTime() - issuedAt.getTime()
}

describe('a token is due', () => {
  test('after 50 to 80 % of its life, whatever the connection and the life', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.integer({ min: 2 * SHORTEST_PAUSE_MS, max: LONGEST_LIFE_MS }), (id, lifeMs) => {
        const share = pauseOf(id, lifeMs) / lifeMs
        expect(share).toBeGreaterThanOrEqual(0.5 - 1e-6)
        expect(share).toBeLessThanOrEqual(0.8 + 1e-6)
      }),
    )
  })

  test('at the same share every time, because the share is the connection’s own', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        expect(pauseOf(id, 2 * DAY_MS) / 2).toBeCloseTo(pauseOf(id, DAY_MS), -1)
        expect(pauseOf(id, DAY_MS)).toBe(pauseOf(id, DAY_MS))
      }),
    )
  })

  test('spread evenly, so that three thousand tokens of one second ask for no more than three a second on any day', () => {
    const ids = Array.from({ length: 3_000 }, (_, index) => `0192f0a0-0000-7000-8000-${String(index).padStart(12, '0')}`)
    const buckets = Array.from({ length: 20 }, () => 0)
    for (const id of ids) {
      const bucket = Math.floor((pauseOf(id, DAY_MS) / DAY_MS - 0.5) / 0.015)
      buckets[bucket] = (buckets[bucket] ?? 0) + 1
    }
    // 150 in each, give or take four standard deviations.
    for (const count of buckets) expect(Math.abs(count - 150)).toBeLessThan(50)
  })

  test('never sooner than half a minute after it came, however short it says that it lives', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.integer({ min: 1, max: SHORTEST_PAUSE_MS }), (id, lifeMs) => {
        expect(pauseOf(id, lifeMs)).toBe(SHORTEST_PAUSE_MS)
      }),
    )
  })

  test('five minutes after it came, when its date lies in the past, because odd dates make no storm', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.integer({ min: -10 * DAY_MS, max: 0 }), (id, lifeMs) => {
        expect(pauseOf(id, lifeMs)).toBe(OVER_ON_ARRIVAL_PAUSE_MS)
      }),
    )
  })

  test('within a week, though it claims to live for years', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.integer({ min: LONGEST_LIFE_MS, max: 4_000 * DAY_MS }), (id, lifeMs) => {
        expect(pauseOf(id, lifeMs)).toBe(pauseOf(id, LONGEST_LIFE_MS))
      }),
    )
  })
})
