import 'server-only'
import { randomUUID } from 'node:crypto'
import type { WatchedCall } from '../octorate/watch-calls'
import { once } from '../runtime'
import { subjectOfCall } from './about-connection'

export interface NotedCall extends WatchedCall {
  readonly id: string
  readonly organizationId: string
  readonly apiClientId: string
  readonly connectionId: string | null
}

/** Some megabytes at most: a database that is away for long costs the log, and nothing else. */
export const MOST_WAITING = 2_000

/** Calls that are over and not written yet, in this process. */
export const waitingCalls = () => once('calls to be written', () => ({ calls: [] as NotedCall[], dropped: 0 }))

/** Puts a call aside, to be masked and written later: whoever made it waits for nothing. */
export function noteCall(whose: Pick<NotedCall, 'organizationId' | 'apiClientId'>, call: WatchedCall): void {
  const waiting = waitingCalls()
  if (waiting.calls.length >= MOST_WAITING) {
    waiting.dropped += 1
    return
  }
  waiting.calls.push({ ...call, ...whose, id: randomUUID(), connectionId: subjectOfCall() })
}
