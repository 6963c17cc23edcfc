import { AppError } from '../http/app-error'
import { withinTime } from '../within-time'

interface Waiting<Item, Result> {
  readonly item: Item
  resolve(result: Result): void
  reject(error: unknown): void
}

interface Limits {
  /** Groups under way at once. */
  readonly atOnce: number
  /** Items in one group. */
  readonly most: number
}

/** Longer than any statement may take: a connection that went silent must not hold up everybody behind it. */
const WITHIN_MS = 12_000

/**
 * Makes one statement of many: what comes while earlier groups are under way waits and goes together. An item alone goes
 * at once. Each caller gets the result at the place of its item; when a group fails, all of its callers get the error.
 */
export function gather<Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly Result[]>,
  { atOnce, most }: Limits,
): (item: Item) => Promise<Result> {
  let waiting: Waiting<Item, Result>[] = []
  let running = 0

  const next = () => {
    while (running < atOnce && waiting.length > 0) {
      const group = waiting.slice(0, most)
      waiting = waiting.slice(most)
      running += 1
      void settle(group).finally(() => {
        running -= 1
        next()
      })
    }
  }
  const settle = async (group: readonly Waiting<Item, Result>[]) => {
    try {
      const results = await withinTime(run(group.map(({ item }) => item)), WITHIN_MS)
      if (!results) throw new AppError('database_unavailable', { retryAfterSeconds: 2 })
      if (results.length !== group.length) throw new TypeError('a group must give one result for each item')
      results.forEach((result, index) => group[index]?.resolve(result))
    } catch (error) {
      for (const { reject } of group) reject(error)
    }
  }
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      // Whoever comes in the same turn goes along.
      if (waiting.length === 1) queueMicrotask(next)
    })
}
