import { hkdfSync, randomBytes } from 'node:crypto'
import type { Pool } from 'pg'
import type { KeyRing } from './key-ring'
import { open, seal, type SealContext } from './seal'

const ROOT_BYTES = 32
const CONTEXT: SealContext = { table: 'derivation_roots', column: 'root_sealed', organizationId: '', rowId: '1', version: 1 }

/**
 * The root that keys for other purposes are derived from, made once for a database and kept in it, sealed: so that
 * cookies and fingerprints stay what they are when every key-encryption key is replaced.
 */
export async function openDerivationRoot(database: Pick<Pool, 'query'>, keys: KeyRing): Promise<Buffer> {
  const read = async () => (await database.query<{ root_sealed: string }>('SELECT root_sealed FROM derivation_roots')).rows[0]
  if (!(await read())) {
    const made = seal(keys, CONTEXT, randomBytes(ROOT_BYTES).toString('base64'))
    await database.query('INSERT INTO derivation_roots (id, root_sealed) VALUES (1, $1) ON CONFLICT DO NOTHING', [made])
  }
  const row = await read()
  if (!row) throw new Error('the root of derived keys was not kept')
  return Buffer.from(open(keys, CONTEXT, row.root_sealed), 'base64')
}

/** A key for one purpose (HKDF-SHA-256), the same for as long as the root is. */
export function deriveFrom(root: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', root, '', `keyrack ${purpose}`, ROOT_BYTES))
}
