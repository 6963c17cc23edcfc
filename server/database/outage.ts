import 'server-only'
import { once } from '../runtime'

/** Time for every process to bring what it kept meanwhile. */
const SETTLES_WITHIN_MS = 10_000

const state = () => once('last outage of the database', () => ({ seenAt: -Infinity }))

/** The database could not be asked, or took no writes. */
export function noteOutage(): void {
  state().seenAt = performance.now()
}

/** Whether the database was away just now: what other processes have for it may not have reached it yet. */
export function wasAwayJustNow(): boolean {
  return performance.now() - state().seenAt < SETTLES_WITHIN_MS
}
