import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const AT = Date.parse('2026-03-01T12:00:00Z')

describe('the clock that ticks', () => {
  beforeEach(() => {
    vi.resetModules()
    vi.useFakeTimers()
  })
  afterEach(() => vi.useRealTimers())

  it('follows the server, because the clock of a browser may be wrong', async () => {
    const { readClock, syncClock } = await import('./server-clock')
    syncClock(AT, AT - 300_000)
    expect(readClock(0, AT - 299_000)).toBe(AT + 1_000)
  })

  it('passes over an older instant, because a page from the history carries its old one', async () => {
    const { readClock, syncClock } = await import('./server-clock')
    syncClock(AT, AT)
    syncClock(AT - 60_000, AT + 5_000)
    expect(readClock(0, AT + 5_000)).toBe(AT + 5_000)
  })

  it('answers what the server rendered until it is set, so that hydration finds the same text', async () => {
    const { readClock } = await import('./server-clock')
    expect(readClock(AT, AT + 999)).toBe(AT)
  })

  it('ticks each second while someone listens, and rests afterwards', async () => {
    const { subscribeTicks } = await import('./server-clock')
    const listener = vi.fn<() => void>()
    const stop = subscribeTicks(listener)
    vi.advanceTimersByTime(3_000)
    expect(listener).toHaveBeenCalledTimes(3)
    stop()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('refuses what is no instant', async () => {
    const { toMs } = await import('./server-clock')
    expect(() => toMs('soon')).toThrow(TypeError)
    expect(toMs('2026-03-01T12:00:00Z')).toBe(AT)
  })
})
