import 'server-only'
import { afterRequests } from '../database/after-requests'
import { isCutShort } from '../database/is-cut-short'
import { isDatabaseUnavailable } from '../database/is-database-unavailable'
import { noteOutage } from '../database/outage'
import { Prisma } from '../generated/prisma/client'
import { log } from '../log'
import { pause } from '../pause'
import { getRuntime } from '../runtime'
import { keepDueTimes } from './keep-due-times'
import { keepNearTimes } from './keep-near-times'
import { anyWithoutLane, openLanes } from './lanes'
import { anythingToRefresh, refreshDue } from './refresh-due'
import { setStopping } from '../stopping'
import { untilWork } from '../until-work'
import { withinTime } from '../within-time'

/** While some wait for their turn: lanes are filled half a second ahead. */
const PACED_MS = 500
/** Between two looks when a refresh ended since: a few at a time are cheaper to claim than one by one. */
const BUSY_MS = 20
const AFTER_ERROR_MS = 1_000
const LANES_EVERY_MS = 5_000
const TIMES_EVERY_MS = 60_000
const DRAIN_MS = 10_000

/**
 * Refreshes whatever is due, in every process that runs it, until it is stopped. The row of a connection is the only
 * truth of when that is; nothing is remembered here but what is under way.
 */
export function startRefreshEngine(): { stop(): Promise<void> } {
  const most = getRuntime().env.KEYRACK_REFRESH_IN_FLIGHT
  // A few more than may be sent at once, so that the next one is at hand when one ends.
  const claimable = most + Math.ceil(most / 4)
  const underWay = new Set<Promise<unknown>>()
  const life = new AbortController()
  const openLanesNowAndThen = every(LANES_EVERY_MS, openLanes)
  const keepTimesNowAndThen = every(TIMES_EVERY_MS, keepDueTimes)
  const keepNearNowAndThen = every(TIMES_EVERY_MS, keepNearTimes)

  /** @returns milliseconds until the next one; null when nothing is due and nothing under way. */
  const round = async (): Promise<number | null> => {
    await afterRequests(() => life.signal.aborted)
    await openLanesNowAndThen()
    await keepTimesNowAndThen()
    await keepNearNowAndThen()
    const room = claimable - underWay.size
    if (room < Math.ceil(most / 8)) return BUSY_MS
    const started = await refreshDue(room)
    for (const flight of started) {
      underWay.add(flight)
      void flight.finally(() => underWay.delete(flight))
    }
    if (started.length > 0) return BUSY_MS
    return underWay.size > 0 ? PACED_MS : null
  }
  const run = async () => {
    while (!life.signal.aborted) {
      const ms = await round().catch((err: unknown) => {
        if (isDatabaseUnavailable(err)) noteOutage()
        if (isCutShort(err) || !isDatabaseUnavailable(err)) log().error({ err }, 'due connections could not be refreshed')
        return AFTER_ERROR_MS
      })
      if (ms !== null) await pause(ms, life.signal)
      else await untilWork(anythingToDo, { signal: life.signal, mostMs: Math.min(keepTimesNowAndThen.restMs(), keepNearNowAndThen.restMs()) })
    }
  }
  setStopping(false)
  const running = run()
  return {
    /** Claims nothing more, and waits for what is under way; ten seconds at most, for the journal has the rest. */
    async stop() {
      life.abort()
      setStopping(true)
      await running
      await withinTime(Promise.all(underWay), DRAIN_MS)
    },
  }
}

function anythingToDo(): Prisma.Sql {
  return Prisma.sql`${anythingToRefresh()} OR ${anyWithoutLane()}`
}

interface NowAndThen {
  (): Promise<void>
  /** Milliseconds until it is its time again. */
  restMs(): number
}

/** Does it the first time, and then no more often than that. When it fails, what is due is refreshed all the same. */
function every(ms: number, work: () => Promise<unknown>): NowAndThen {
  let doneAt = -Infinity
  const restMs = () => Math.max(0, doneAt + ms - performance.now())
  const nowAndThen = async () => {
    if (restMs() > 0) return
    await work().catch((err: unknown) => {
      if (isDatabaseUnavailable(err) && !isCutShort(err)) throw err
      log().error({ err }, 'lanes or due times could not be looked after; it is tried again')
    })
    doneAt = performance.now()
  }
  return Object.assign(nowAndThen, { restMs })
}
