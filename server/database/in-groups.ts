import { AppError } from '../http/app-error'
import { withinTime } from '../within-time'

interface Waiting<I, O> {
  readonly item: I
  readonly resolve: (output: O) => void
  readonly reject: (error: unknown) => void
}

interface Limits {
  /** Groups under way at a time; what arrives meanwhile gathers for the next one. */
  readonly atOnce: number
  /** Items in a group. */
  readonly most: number
}

/** Longer than any statement may take: a connection that went silent must not hold up everybody behind it. */
const WITHIN_MS = 12_000

/**
 * Lets many callers share one statement: what is asked for in the same turn of the event loop, or while earlier groups
 * are under way, is done together. A group begins after each of its items was asked for, so a caller never gets the
 * result of work that had begun before.
 *
 * @param run answers a group in the order of its items; when it rejects, so does each of them; so it does when it is silent for twelve seconds.
 */
export function inGroups<I, O>(run: (items: readonly I[]) => Promise<readonly O[]>, { atOnce, most }: Limits): (item: I) => Promise<O> {
  let waiting: Waiting<I, O>[] = []
  let underWay = 0
  let isScheduled = false

  const begin = () => {
    isScheduled = false
    while (waiting.length > 0 && underWay < atOnce) {
      const group = waiting.splice(0, most)
      underWay += 1
      void settle(group)
    }
  }

  const settle = async (group: readonly Waiting<I, O>[]) => {
    const outcome = await outcomeOf(run, group)
    underWay -= 1
    // Those who waited go on their way before the callers of this group go on, so that the database has work meanwhile.
    begin()
    if ('error' in outcome) for (const { reject } of group) reject(outcome.error)
    else group.forEach(({ resolve }, index) => resolve(outcome.outputs[index] as O))
  }

  return (item) =>
    new Promise<O>((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (isScheduled || underWay >= atOnce) return
      isScheduled = true
      setImmediate(begin)
    })
}

async function outcomeOf<I, O>(
  run: (items: readonly I[]) => Promise<readonly O[]>,
  group: readonly Waiting<I, O>[],
): Promise<{ readonly outputs: readonly O[] } | { readonly error: unknown }> {
  try {
    const outputs = await withinTime(run(group.map(({ item }) => item)), WITHIN_MS)
    if (!outputs) throw new AppError('database_unavailable', { retryAfterSeconds: 2 })
    if (outputs.length !== group.length) throw new TypeError('a group is answered item by item')
    return { outputs }
  } catch (error) {
    return { error }
  }
}
