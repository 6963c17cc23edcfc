import { AsyncLocalStorage } from 'node:async_hooks'
import { once } from '../runtime'

const subject = () => once('subject of calls', () => new AsyncLocalStorage<string>())

/** Does work whose calls to Octorate are about one connection, so that the operation log can say so. */
export function aboutConnection<T>(connectionId: string, work: () => T): T {
  return subject().run(connectionId, work)
}

/** The connection that the call of this moment is about; null when nobody said. */
export function subjectOfCall(): string | null {
  return subject().getStore() ?? null
}
