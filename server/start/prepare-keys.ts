import pg from 'pg'
import { openDerivationRoot } from '../crypto/derivation-root'
import { makeLiveKeys, type LiveKeys } from '../crypto/live-keys'
import { parseKeys } from '../crypto/parse-keys'
import { checkKeys } from './check-keys'
import type { LoadedKeys } from './load-keys'

/**
 * Holds the configured keys to the database, and makes of them the ring that the process uses from then on.
 *
 * @throws Error in plain words when they are not this database's.
 */
export async function prepareKeys(appUrl: string, { keys, source }: Pick<LoadedKeys, 'keys' | 'source'>): Promise<LiveKeys | null> {
  if (!keys) return null
  const pool = new pg.Pool({ connectionString: appUrl, max: 1 })
  pool.on('error', () => undefined)
  try {
    await checkKeys(pool, keys)
    const root = await openDerivationRoot(pool, keys)
    const readNow = source?.readNow
    return makeLiveKeys(keys, { root, ...(readNow && { readNow: () => parseKeys(readNow()) }) })
  } finally {
    await pool.end()
  }
}
