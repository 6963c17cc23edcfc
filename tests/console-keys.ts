import type pg from 'pg'
import { openDerivationRoot } from '@/server/crypto/derivation-root'
import type { KeyRing } from '@/server/crypto/key-ring'
import { makeLiveKeys } from '@/server/crypto/live-keys'
import { parseKeys } from '@/server/crypto/parse-keys'

/** The keys of a running console, which derives from the root in its database: its cookies are made with them. */
export async function consoleKeys(sql: Pick<pg.Pool, 'query'>, keysText: string): Promise<KeyRing> {
  const keys = parseKeys(keysText)
  return makeLiveKeys(keys, { root: await openDerivationRoot(sql, keys) })
}
