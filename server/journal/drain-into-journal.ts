import 'server-only'
import { inGroups } from '../database/in-groups'
import { getRuntime, once } from '../runtime'
import { insertEntry } from './record-answer'
import { drainSpool } from './spool'

/**
 * Moves what waits in the spool into the journal. All who want that at the same time share one walk: hundreds of refreshes
 * may wait for their answers to be through.
 *
 * @returns the connections whose answers stay: their refresh tokens must not be sent again.
 * @throws what says that the database is away.
 */
export function drainIntoJournal(): Promise<ReadonlySet<string>> {
  const drain = once('walks through the spool', () => inGroups<null, ReadonlySet<string>>(drainFor, { atOnce: 1, most: Number.POSITIVE_INFINITY }))
  return drain(null)
}

async function drainFor(callers: readonly null[]): Promise<ReadonlySet<string>[]> {
  const staying = await drainSpool((entry) => insertEntry(entry, getRuntime().clock()))
  return callers.map(() => staying)
}
