import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { gatherReads } from './gather-reads'

/** Reads whose answers a test gives one after the other. */
function openReads() {
  const queries: { readonly ids: readonly string[]; answer(found?: Record<string, string>): void; fail(): void }[] = []
  const read = gatherReads<string>(
    (ids) =>
      new Promise((resolve, reject) => {
        queries.push({
          ids,
          answer: (found = Object.fromEntries(ids.map((id) => [id, id.toUpperCase()]))) => resolve(new Map(Object.entries(found))),
          fail: () => reject(new Error('away')),
        })
      }),
  )
  return { queries, read }
}

const turn = () => vi.advanceTimersByTimeAsync(0)
const codeOf = (promise: Promise<unknown>) => promise.then(() => 'none', (error: Error) => error.message)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('reads that come together', () => {
  test('share one query, and each gets its own', async () => {
    const { queries, read } = openReads()
    const answers = Promise.all([read('a'), read('b'), read('a'), read('c')])
    await turn()
    expect(queries.map(({ ids }) => ids)).toEqual([['a', 'b', 'c']])
    queries[0]?.answer({ a: 'A', b: 'B' })
    expect(await answers).toEqual(['A', 'B', 'A', undefined])
  })

  test('join a query that is under way for the same id, and wait for the next one otherwise', async () => {
    const { queries, read } = openReads()
    const first = read('a')
    await turn()
    const later = Promise.all([read('a'), read('b'), read('c')])
    await turn()
    expect(queries).toHaveLength(1)
    queries[0]?.answer()
    await first
    await turn()
    expect(queries.map(({ ids }) => ids)).toEqual([['a'], ['b', 'c']])
    queries[1]?.answer()
    expect(await later).toEqual(['A', 'B', 'C'])
  })

  test('are at most five hundred in a query, because one statement takes so many well', async () => {
    const { queries, read } = openReads()
    const all = Promise.all(Array.from({ length: 501 }, (_, index) => read(`id-${index}`)))
    await turn()
    queries[0]?.answer()
    await turn()
    queries[1]?.answer()
    await all
    expect(queries.map(({ ids }) => ids.length)).toEqual([500, 1])
  })

  test('fail together, and whoever comes after starts anew', async () => {
    const { queries, read } = openReads()
    const failed = Promise.all([codeOf(read('a')), codeOf(read('b'))])
    await turn()
    queries[0]?.fail()
    expect(await failed).toEqual(['away', 'away'])
    const again = read('a')
    await turn()
    queries[1]?.answer()
    expect(await again).toBe('A')
  })

  test('give up after five seconds, because a connection that went silent must not hold up everybody', async () => {
    const { queries, read } = openReads()
    const silent = codeOf(read('a'))
    await turn()
    const behind = read('b')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await silent).toBe('database_unavailable')
    queries[1]?.answer()
    expect(await behind).toBe('B')
  })
})
