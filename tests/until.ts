import { vi } from 'vitest'

const MOST_MS = 20_000

/** Waits until what is asserted holds, and then goes on at once. Generous, because a busy machine is no fault. */
export function until<T>(assertion: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(assertion, { timeout: MOST_MS, interval: 5 })
}
