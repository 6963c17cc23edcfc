import 'server-only'
import { getRuntime } from '../runtime'
import { forgetToken } from './held-token'

/** Longer than any process goes without a round while its database is there. */
const LATELY_MS = 15 * 60_000

/**
 * Drops the opened tokens of connections that were disconnected lately, or whose token an owner had forgotten, by
 * whichever process: nobody would get them, for every hand-out asks the row, but what was wiped is not to stay in memory.
 */
export async function forgetWiped(now: Date): Promise<void> {
  const { rows } = await getRuntime().pool.query<{ id: string }>('SELECT id FROM connections WHERE disconnected_at > $1 OR access_dropped_at > $1', [
    new Date(now.getTime() - LATELY_MS),
  ])
  for (const { id } of rows) forgetToken(id)
}
