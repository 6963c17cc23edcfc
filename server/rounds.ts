import { afterRequests } from './database/after-requests'
import { isCutShort } from './database/is-cut-short'
import { isDatabaseUnavailable } from './database/is-database-unavailable'
import { noteOutage } from './database/outage'
import { log } from './log'
import { pause } from './pause'
import { untilWork, type Condition } from './until-work'

interface Rounds {
  /** From the end of one round to the next. With a condition: to the next that does not ask for it. */
  readonly everyMs: number
  /** Rounds come besides as soon as this holds, and the first one soon. */
  readonly when?: Condition
  /** What the log says when a round fails. A database that is away is waited for, and said elsewhere. */
  readonly complaint: string
  readonly round: (isStopped: () => boolean, why: Why) => Promise<unknown>
}

/** What made a round come. */
export type Why = 'time' | 'work'

/** What was left before the start is looked for soon, even where a condition would not tell of it. */
const FIRST_MS = 3_000

/** Does the same again and again, a while after the last time, until it is stopped: a round that is under way ends first. */
export function startRounds({ everyMs, when, complaint, round }: Rounds): { stop(): Promise<void> } {
  const life = new AbortController()
  const isStopped = () => life.signal.aborted
  let dueAt = performance.now() + (when ? Math.min(everyMs, FIRST_MS) : everyMs)
  const wait = async (): Promise<Why> => {
    const mostMs = Math.max(0, dueAt - performance.now())
    if (when) return (await untilWork(when, { signal: life.signal, mostMs })) ? 'work' : 'time'
    await pause(mostMs, life.signal)
    return 'time'
  }
  const run = async () => {
    while (!isStopped()) {
      const why = await wait()
      if (isStopped()) return
      try {
        await afterRequests(isStopped)
        await round(isStopped, why)
      } catch (err) {
        if (isDatabaseUnavailable(err)) noteOutage()
        if (!isStopped() && (isCutShort(err) || !isDatabaseUnavailable(err))) log().error({ err }, complaint)
      }
      if (why === 'time') dueAt = performance.now() + everyMs
    }
  }
  const running = run()
  return {
    async stop() {
      life.abort()
      await running
    },
  }
}
