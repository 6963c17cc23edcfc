import { withinTime } from '../within-time'
import { databaseUnavailable } from './database-unavailable'

interface Waiting<I, O> {
  readonly item: I
  /** Whoever asked has been told that it took too long. */
  isGone: boolean
  readonly resolve: (output: O) => void
  readonly reject: (error: unknown) => void
}

interface Limits {
  /** Groups under way at a time; what arrives meanwhile gathers for the next one. */
  readonly atOnce: number
  /** Items in a group. */
  readonly most: number
  /** From the beginning of a group that was a crowd to that of the next, which is larger for it; none unless given. */
  readonly crowdMs?: number
  /** How long a caller waits, for a group to begin and for its answer; as long as that takes where nobody outside waits. */
  readonly waitMs?: () => number
}

/** Longer than any statement may take: a connection that went silent must not hold up everybody behind it. */
const WITHIN_MS = 12_000
/** Items of a group that say that many more are to come. A lone caller never waits for others. */
const CROWD = 3

/**
 * Lets many callers share one statement: what is asked for in the same turn of the event loop, or while earlier groups
 * are under way, is done together. A group begins after each of its items was asked for, so a caller never gets the
 * result of work that had begun before.
 *
 * Who has waited for `waitMs` is refused with `database_unavailable`. What of that had not begun is never done; a group that
 * has begun keeps its place until it ends, so that callers who went away do not take one connection after the other.
 *
 * With `crowdMs`, crowds gather: planning, and one commit, cost as much for one item as for ten.
 *
 * @param run answers a group in the order of its items; when it rejects, so does each of them; so it does when it is silent for twelve seconds.
 */
export function inGroups<I, O>(run: (items: readonly I[]) => Promise<readonly O[]>, { atOnce, most, waitMs, crowdMs = 0 }: Limits): (item: I) => Promise<O> {
  let waiting: Waiting<I, O>[] = []
  let underWay = 0
  let isScheduled = false
  let last = { size: 0, beganAt: -Infinity }

  const untilNextMs = () => (last.size < CROWD ? 0 : last.beganAt + crowdMs - performance.now())

  const begin = () => {
    isScheduled = false
    while (waiting.length > 0 && underWay < atOnce) {
      const group = waiting.splice(0, most).filter(({ isGone }) => !isGone)
      if (group.length === 0) continue
      underWay += 1
      last = { size: group.length, beganAt: performance.now() }
      void settle(group)
    }
  }

  const settle = async (group: readonly Waiting<I, O>[]) => {
    const outcome = await outcomeOf(run, group)
    underWay -= 1
    // Those who waited go on their way before the callers of this group go on, so that the database has work meanwhile.
    if (untilNextMs() > 0) schedule()
    else begin()
    if ('error' in outcome) for (const { reject } of group) reject(outcome.error)
    else group.forEach(({ resolve }, index) => resolve(outcome.outputs[index] as O))
  }

  const schedule = () => {
    if (isScheduled || waiting.length === 0 || underWay >= atOnce) return
    isScheduled = true
    const ms = untilNextMs()
    if (ms > 0) setTimeout(begin, ms)
    else setImmediate(begin)
  }

  return (item) =>
    new Promise<O>((resolve, reject) => {
      const asked = { item, resolve, reject, isGone: false }
      waiting.push(waitMs ? impatient(asked, waitMs()) : asked)
      schedule()
    })
}

/** The same, for whom `waitMs` is the longest. */
function impatient<I, O>(waiting: Waiting<I, O>, waitMs: number): Waiting<I, O> {
  const timer = setTimeout(() => {
    own.isGone = true
    own.reject(databaseUnavailable())
  }, waitMs)
  const own: Waiting<I, O> = {
    ...waiting,
    resolve: (output) => {
      clearTimeout(timer)
      waiting.resolve(output)
    },
    reject: (error) => {
      clearTimeout(timer)
      waiting.reject(error)
    },
  }
  return own
}

async function outcomeOf<I, O>(
  run: (items: readonly I[]) => Promise<readonly O[]>,
  group: readonly Waiting<I, O>[],
): Promise<{ readonly outputs: readonly O[] } | { readonly error: unknown }> {
  try {
    const outputs = await withinTime(run(group.map(({ item }) => item)), WITHIN_MS)
    if (!outputs) throw databaseUnavailable()
    if (outputs.length !== group.length) throw new TypeError('a group is answered item by item')
    return { outputs }
  } catch (error) {
    return { error }
  }
}
