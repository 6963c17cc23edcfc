import 'server-only'
import { once } from '../runtime'
import { inSpan } from '../tracing/in-span'
import type { SpanMark } from '../tracing/tracing'
import type { RefreshResult } from './refresh-result'
import type { RefreshReason } from './refresh-subject'

interface Flight {
  readonly result: Promise<RefreshResult>
  /** Of its span, for those who join it. */
  readonly mark: SpanMark | null
}

const flights = () => once('refresh flights', () => new Map<string, Flight>())

/** Whether a refresh of the connection is under way in this process. */
export function hasFlight(connectionId: string): boolean {
  return flights().has(connectionId)
}

/** The outcome of the refresh that is under way in this process; null where there is none. */
export function joinFlight(connectionId: string): Promise<RefreshResult> | null {
  const flight = flights().get(connectionId)
  return flight ? inSpan({ name: 'join refresh', link: flight.mark }, () => flight.result) : null
}

/** Starts a refresh that everybody in this process who wants the same may join. */
export function startFlight(connectionId: string, reason: RefreshReason | 'due', run: () => Promise<RefreshResult>): Promise<RefreshResult> {
  const own = flights()
  return inSpan({ name: 'refresh' }, (span) => {
    span.set('keyrack.connection_id', connectionId)
    span.set('keyrack.refresh_reason', reason)
    const result = run().then((ended) => {
      span.set('keyrack.outcome', ended.outcome === 'failed' ? ended.error.code : ended.outcome)
      return ended
    })
    const land = () => void (own.get(connectionId) === flight && own.delete(connectionId))
    const flight: Flight = { mark: span.mark, result: result.finally(land) }
    own.set(connectionId, flight)
    return flight.result
  })
}
