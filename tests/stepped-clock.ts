import type { Clock } from '@/sdk/clock'

interface Timer {
  readonly at: number
  readonly act: () => void
}

const START = Date.parse('2026-03-16T09:10:11.360Z')

/** A clock with timers for the client, which stands still until a test moves it. */
export class SteppedClock implements Clock {
  at = START
  readonly #timers = new Set<Timer>()

  now(): number {
    return this.at
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => void this.later(ms, resolve))
  }

  later(ms: number, act: () => void): () => void {
    const timer = { at: this.at + ms, act }
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }

  /** Lets time pass; timers act at their time, in their order, and what they begin goes as far as it can. */
  async advance(ms: number): Promise<void> {
    const end = this.at + ms
    await settle()
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#timers.delete(next)
      this.at = Math.max(this.at, next.at)
      next.act()
      await settle()
    }
    this.at = end
  }

  /** How many wait. */
  get waiting(): number {
    return this.#timers.size
  }

  #next(end: number): Timer | undefined {
    let first: Timer | undefined
    for (const timer of this.#timers) if (timer.at <= end && (!first || timer.at < first.at)) first = timer
    return first
  }
}

/** Everything that waits for no timer and no network has happened. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => void setImmediate(resolve))
}
