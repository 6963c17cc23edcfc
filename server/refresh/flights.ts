import 'server-only'
import { once } from '../runtime'
import type { RefreshResult } from './refresh-result'

const flights = () => once('refresh flights', () => new Map<string, Promise<RefreshResult>>())

/** The refresh of a connection that is under way in this process. */
export function findFlight(connectionId: string): Promise<RefreshResult> | null {
  return flights().get(connectionId) ?? null
}

/** Starts a refresh that everybody in this process who wants the same may join. */
export function startFlight(connectionId: string, run: () => Promise<RefreshResult>): Promise<RefreshResult> {
  const own = flights()
  const flight = run().finally(() => {
    if (own.get(connectionId) === flight) own.delete(connectionId)
  })
  own.set(connectionId, flight)
  return flight
}
