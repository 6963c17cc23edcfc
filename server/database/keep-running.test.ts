import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepRunning } from './keep-running'

let isThere: boolean
let comesUp: boolean
let startTakesMs: number
let [starts, ends] = [0, 0]
const open = () =>
  keepRunning({
    isThere: async () => isThere,
    startAgain: async () => {
      starts += 1
      if (startTakesMs > 0) await new Promise((resolve) => setTimeout(resolve, startTakesMs))
      if (!comesUp) throw new Error('no room')
      isThere = true
    },
    end: async () => void (isThere = false),
    told: () => (ends += 1),
  })

beforeEach(() => {
  vi.useFakeTimers()
  ;[isThere, comesUp, startTakesMs, starts, ends] = [true, true, 0, 0, 0]
})
afterEach(() => vi.useRealTimers())

test('a server that is there, or away as long as a restart takes, is left alone', async () => {
  const keeper = open()
  await vi.advanceTimersByTimeAsync(60_000)
  isThere = false
  await vi.advanceTimersByTimeAsync(2_500)
  isThere = true
  await vi.advanceTimersByTimeAsync(60_000)
  expect([starts, ends]).toEqual([0, 0])
  await keeper.stop()
})

test('one that ends is started again, and told of, each time', async () => {
  const keeper = open()
  for (const count of [1, 2]) {
    isThere = false
    await vi.advanceTimersByTimeAsync(4_000)
    expect([isThere, starts, ends]).toEqual([true, count, count])
  }
  await keeper.stop()
})

test('one that does not come up for want of room is tried ever less often, told of once, and left alone after a stop', async () => {
  const keeper = open()
  ;[isThere, comesUp] = [false, false]
  // After 3, 5, 9 and 17 seconds, and then each eight.
  await vi.advanceTimersByTimeAsync(60_500)
  expect([starts, ends]).toEqual([9, 1])
  await keeper.stop()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(starts).toBe(9)
})

test('one that came up in the end is started soon again the next time', async () => {
  const keeper = open()
  ;[isThere, comesUp] = [false, false]
  await vi.advanceTimersByTimeAsync(10_000)
  expect([isThere, starts]).toEqual([false, 3])
  comesUp = true
  await vi.advanceTimersByTimeAsync(8_000)
  expect([isThere, starts]).toEqual([true, 4])
  isThere = false
  await vi.advanceTimersByTimeAsync(4_000)
  expect([isThere, starts, ends]).toEqual([true, 5, 2])
  await keeper.stop()
})

test('a stop ends one too that a start under way brings up after it', async () => {
  const keeper = open()
  ;[isThere, startTakesMs] = [false, 6_000]
  await vi.advanceTimersByTimeAsync(3_500)
  expect(starts).toBe(1)
  const stopped = keeper.stop()
  await vi.advanceTimersByTimeAsync(10_000)
  await stopped
  expect([isThere, starts]).toEqual([false, 1])
})
