import { afterEach, expect, test, vi } from 'vitest'
import { inGroups } from './in-groups'

afterEach(() => {
  vi.useRealTimers()
})

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
