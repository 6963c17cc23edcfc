import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RecentMap } from './recent-map'

describe('a map of what was used recently', () => {
  test('never holds more than it may, and never another value than the last one set', () => {
    const acts = fc.array(fc.tuple(fc.constantFrom('get', 'set', 'delete'), fc.nat(30), fc.nat(1_000)), { maxLength: 300 })
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 20 }), acts, (most, list) => {
        const [map, truth] = [new RecentMap<number, number>(most), new Map<number, number>()]
        for (const [act, key, value] of list) {
          if (act === 'set') map.set(key, value)
          if (act === 'set') truth.set(key, value)
          if (act === 'delete') map.delete(key)
          if (act === 'delete') truth.delete(key)
          expect([undefined, truth.get(key)]).toContain(map.get(key))
          expect(map.size).toBeLessThanOrEqual(most)
        }
      }),
    )
  })

  test('keeps what is used again and again, whatever else comes', () => {
    const map = new RecentMap<string, number>(10)
    map.set('used', 1)
    for (let index = 0; index < 1_000; index += 1) {
      map.set(`other ${index}`, index)
      expect(map.get('used')).toBe(1)
    }
    expect(map.get('other 0')).toBeUndefined()
  })

  test('keeps at least half of its size of the latest', () => {
    const map = new RecentMap<number, number>(10)
    for (let index = 0; index < 100; index += 1) map.set(index, index)
    expect([95, 96, 97, 98, 99].map((key) => map.get(key))).toEqual([95, 96, 97, 98, 99])
  })
})
