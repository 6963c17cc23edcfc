import { afterRequests } from './database/after-requests'
import { isCutShort } from './database/is-cut-short'
import { isDatabaseUnavailable } from './database/is-database-unavailable'
import { noteOutage } from './database/outage'
import { log } from './log'

interface Rounds {
  readonly everyMs: number
  /** What the log says when a round fails. A database that is away is waited for, and said elsewhere. */
  readonly complaint: string
  readonly round: (isStopped: () => boolean) => Promise<unknown>
}

/** Does the same again and again, a while after the last time, until it is stopped: a round that is under way ends first. */
export function startRounds({ everyMs, complaint, round }: Rounds): { stop(): Promise<void> } {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  const isStopped = () => stopped
  const run = async () => {
    try {
      await afterRequests(isStopped)
      await round(isStopped)
    } catch (err) {
      if (isDatabaseUnavailable(err)) noteOutage()
      if (!stopped && (isCutShort(err) || !isDatabaseUnavailable(err))) log().error({ err }, complaint)
    }
    next()
  }
  const next = () => {
    if (!stopped) timer = setTimeout(() => void (running = run()), everyMs)
  }
  next()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
