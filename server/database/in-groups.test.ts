import { afterEach, describe, expect, test, vi } from 'vitest'
import { inGroups } from './in-groups'

afterEach(() => {
  vi.useRealTimers()
})

function makeGroups({ atOnce = 1, most = 10 } = {}) {
  const groups: { readonly items: readonly number[]; finish(results?: readonly string[]): void; fail(error: Error): void }[] = []
  const add = inGroups<number, string>(
    (items) =>
      new Promise((resolve, reject) => {
        groups.push({ items, finish: (results = items.map(String)) => resolve(results), fail: reject })
      }),
    { atOnce, most },
  )
  return { add, items: () => groups.map((group) => group.items), group: (index: number) => groups[index] }
}

/** Lets everything go on that can. */
const turn = () => new Promise((resolve) => setImmediate(resolve))

test('a group on a connection that went silent is given up after 12 s, because nobody behind it would ever have a turn', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  let groups = 0
  const ask = inGroups<number, number>(
    (items) => {
      groups += 1
      return groups === 1 ? new Promise(() => undefined) : Promise.resolve(items)
    },
    { atOnce: 1, most: 10 },
  )
  const silent = ask(1).catch((error: unknown) => error)
  await turn()
  const behind = ask(2)
  vi.advanceTimersByTime(11_999)
  await turn()
  expect(groups).toBe(1)
  vi.advanceTimersByTime(1)
  expect(await silent).toMatchObject({ code: 'database_unavailable' })
  expect(await behind).toBe(2)
})

test('what comes in one turn goes as one group, and what comes meanwhile as the next', async () => {
  const { add, items, group } = makeGroups()
  const first = [add(1), add(2)]
  await turn()
  const later = [add(3), add(4), add(5)]
  await turn()
  expect(items()).toEqual([[1, 2]])
  group(0)?.finish()
  expect(await Promise.all(first)).toEqual(['1', '2'])
  await turn()
  expect(items()).toEqual([[1, 2], [3, 4, 5]])
  group(1)?.finish()
  expect(await Promise.all(later)).toEqual(['3', '4', '5'])
})

test('no more groups run at once, and no more is in one, than is allowed', async () => {
  const { add, items, group } = makeGroups({ atOnce: 2, most: 2 })
  const all = [1, 2, 3, 4, 5].map(add)
  await turn()
  expect(items()).toEqual([[1, 2], [3, 4]])
  group(1)?.finish()
  await turn()
  expect(items()).toEqual([[1, 2], [3, 4], [5]])
  group(0)?.finish()
  group(2)?.finish()
  expect(await Promise.all(all)).toEqual(['1', '2', '3', '4', '5'])
})

test('everybody in a group that failed is told, and the next goes on', async () => {
  const { add, group } = makeGroups()
  const failed = Promise.allSettled([add(1), add(2)])
  await turn()
  const next = add(3)
  group(0)?.fail(new Error('away'))
  expect((await failed).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await turn()
  group(1)?.finish()
  expect(await next).toBe('3')
})

test('results that do not fit the items are refused, because somebody would get another’s', async () => {
  const { add, group } = makeGroups()
  const both = Promise.allSettled([add(1), add(2)])
  await turn()
  group(0)?.finish(['1'])
  expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
})

test('who has waited for his time is refused, what of that had not begun is never done, and what had keeps its place', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const groups: { readonly items: readonly number[]; finish(): void }[] = []
  const ask = inGroups<number, number>(
    (items) => new Promise((resolve) => void groups.push({ items, finish: () => resolve(items) })),
    { atOnce: 1, most: 10, waitMs: () => 500 },
  )
  const refusalOf = (asked: Promise<number>) => asked.then(() => null, (error: unknown) => error)
  const begun = refusalOf(ask(1))
  await turn()
  vi.advanceTimersByTime(300)
  const waiting = refusalOf(ask(2))
  vi.advanceTimersByTime(200)
  expect(await begun).toMatchObject({ code: 'database_unavailable', extras: { retryAfterSeconds: 2 } })
  vi.advanceTimersByTime(299)
  const behind = ask(3)
  vi.advanceTimersByTime(1)
  expect(await waiting).toMatchObject({ code: 'database_unavailable' })
  await turn()
  expect(groups.map(({ items }) => items)).toEqual([[1]])
  groups[0]?.finish()
  await turn()
  expect(groups.map(({ items }) => items)).toEqual([[1], [3]])
  groups[1]?.finish()
  expect(await behind).toBe(3)
  expect(vi.getTimerCount()).toBe(0)
})

describe('after a crowd', () => {
  const CROWD_MS = 60

  function makeCrowds() {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    const groups: (readonly number[])[] = []
    const ask = inGroups<number, number>(
      (items) => {
        groups.push(items)
        return Promise.resolve(items)
      },
      { atOnce: 2, most: 10, crowdMs: CROWD_MS },
    )
    return { groups, ask }
  }

  test('what comes soon gathers for the next group, because many come', async () => {
    const { groups, ask } = makeCrowds()
    await Promise.all([ask(1), ask(2), ask(3)])
    const later = [ask(4)]
    vi.advanceTimersByTime(CROWD_MS - 1)
    await turn()
    later.push(ask(5))
    await turn()
    expect(groups).toEqual([[1, 2, 3]])
    vi.advanceTimersByTime(1)
    expect(await Promise.all(later)).toEqual([4, 5])
    expect(groups).toEqual([[1, 2, 3], [4, 5]])
  })

  test('who comes later does not wait, nor who follows few', async () => {
    const { groups, ask } = makeCrowds()
    await Promise.all([ask(1), ask(2), ask(3)])
    vi.advanceTimersByTime(CROWD_MS)
    await Promise.all([ask(4), ask(5)])
    await ask(6)
    expect(groups).toEqual([[1, 2, 3], [4, 5], [6]])
  })
})
