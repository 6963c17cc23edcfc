import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepRunning } from './keep-running'

let isThere: boolean
let comesUp: boolean
let [starts, ends] = [0, 0]
const open = () =>
  keepRunning({
    isThere: async () => isThere,
    startAgain: async () => {
      starts += 1
      if (!comesUp) throw new Error('no room')
      isThere = true
    },
    told: () => (ends += 1),
  })

beforeEach(() => {
  vi.useFakeTimers()
  ;[isThere, comesUp, starts, ends] = [true, true, 0, 0]
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

test('one that does not come up for want of room is tried again and again, told of once, and left alone after a stop', async () => {
  const keeper = open()
  ;[isThere, comesUp] = [false, false]
  await vi.advanceTimersByTimeAsync(20_500)
  expect([starts, ends]).toEqual([18, 1])
  await keeper.stop()
  await vi.advanceTimersByTimeAsync(20_000)
  expect(starts).toBe(18)
})
