import { describe, expect, it, vi } from 'vitest'
import { systemClock } from './clock'

/** The machine's two clocks, as a test wants them. */
function machine() {
  const at = { steady: 1_000, wall: 1_700_000_000_000 }
  vi.spyOn(performance, 'now').mockImplementation(() => at.steady)
  vi.spyOn(Date, 'now').mockImplementation(() => at.wall)
  return at
}

describe('systemClock', () => {
  it('goes with the steady clock when the wall clock is set back, because a token does not grow younger', () => {
    const at = machine()
    const clock = systemClock()
    const begun = clock.now()
    at.wall -= 3_600_000
    at.steady += 5_000
    expect(clock.now() - begun).toBe(5_000)
  })

  it('goes with the wall clock when the machine slept, because the token did not', () => {
    const at = machine()
    const clock = systemClock()
    const begun = clock.now()
    at.wall += 3_600_000
    expect(clock.now() - begun).toBe(3_600_000)
    at.steady += 5_000
    at.wall += 5_000
    expect(clock.now() - begun).toBe(3_605_000)
  })

  it('gains nothing from the two ticking unevenly', () => {
    const at = machine()
    const clock = systemClock()
    const begun = clock.now()
    for (let tick = 0; tick < 10_000; tick += 1) {
      at.steady += 0.3
      at.wall = 1_700_000_000_000 + Math.round((tick + 1) * 0.3)
      clock.now()
    }
    expect(clock.now() - begun).toBeCloseTo(3_000, -1)
  })

  it('reads about the same in another process, because a shared cache holds instants of it', () => {
    const at = machine()
    const first = systemClock()
    at.steady += 77_000
    at.wall += 77_000
    const second = systemClock()
    expect(second.now()).toBe(first.now())
  })

  it('waits, and takes back what is not wanted any more', async () => {
    vi.useFakeTimers()
    const done: string[] = []
    const clock = systemClock()
    const stop = clock.later(50, () => done.push('stopped'))
    clock.later(60, () => done.push('later'))
    void clock.sleep(70).then(() => done.push('slept'))
    stop()
    await vi.advanceTimersByTimeAsync(70)
    expect(done).toEqual(['later', 'slept'])
    vi.useRealTimers()
  })

  it('takes a wait that is longer than a timer can be for the longest, and not for none', async () => {
    vi.useFakeTimers()
    let acted = false
    systemClock().later(2 ** 31, () => (acted = true))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(acted).toBe(false)
    vi.useRealTimers()
  })
})
