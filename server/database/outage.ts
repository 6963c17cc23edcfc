import 'server-only'
import { getRuntime, once } from '../runtime'

/** Time for every process to bring what it kept meanwhile. */
const SETTLES_WITHIN_MS = 10_000

/** A process that begins does not know how long the database was away before. */
const state = () => once('last outage of the database', () => ({ seenAt: getRuntime().startedAt }))

/** The database could not be asked, or took no writes. */
export function noteOutage(): void {
  state().seenAt = performance.now()
}

/** Whether the database was away just now, or may have been: what other processes have for it may not have reached it yet. */
export function wasAwayJustNow(): boolean {
  return performance.now() - state().seenAt < SETTLES_WITHIN_MS
}
