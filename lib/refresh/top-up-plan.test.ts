import { describe, expect, test } from 'vitest'
import { callsLeft, judgeQuota, topUpMs } from './top-up-plan'

const NOW = new Date('2026-03-16T09:10:00Z')
const ago = (ms: number) => new Date(NOW.getTime() - ms)
const WINDOW_MS = 5 * 60_000
const READING = { remaining: 40, most: 100, readAt: ago(1_000), refusedAt: null }

describe('the calls that are left', () => {
  test('are what the last answer said, for five minutes, and all of them after', () => {
    expect(callsLeft(READING, NOW)).toBe(40)
    expect(callsLeft({ ...READING, readAt: ago(WINDOW_MS - 1) }, NOW)).toBe(40)
    expect(callsLeft({ ...READING, readAt: ago(WINDOW_MS) }, NOW)).toBe(100)
  })

  test('are none for five minutes after a refusal without a number', () => {
    const refused = { ...READING, remaining: null, refusedAt: ago(WINDOW_MS - 1) }
    expect(callsLeft(refused, NOW)).toBe(0)
    expect(callsLeft({ ...refused, refusedAt: ago(WINDOW_MS) }, NOW)).toBe(100)
  })

  test('are unknown when nobody ever read them', () => {
    expect(callsLeft(null, NOW)).toBeNull()
    expect(callsLeft({ remaining: null, most: 0, readAt: NOW, refusedAt: null }, NOW)).toBeNull()
  })
})

describe('a top up', () => {
  const judge = (connections: number, left: number | null, gapMs = 55) => judgeQuota({ connections, gapMs, left, most: 100 })

  test('fits into a quota that leaves a tenth to others, and not into one call less', () => {
    expect(judge(90, 100)).toEqual({ needed: 90, suffices: true })
    expect(judge(90, 99).suffices).toBe(false)
    expect(judge(90, null).suffices).toBe(true)
  })

  test('needs within five minutes what its pace sends in them, both ends included', () => {
    expect(judge(1_000, 1_000, 60_000).needed).toBe(6)
    expect(judge(4, 1_000, 60_000).needed).toBe(4)
    expect(judge(1_000, 1_000, 0).needed).toBe(1_000)
  })

  test('lasts from the first refresh to the last', () => {
    expect(topUpMs({ connections: 1, gapMs: 55 })).toBe(0)
    expect(topUpMs({ connections: 101, gapMs: 55 })).toBe(5_500)
    expect(topUpMs({ connections: 0, gapMs: 55 })).toBe(0)
  })
})
