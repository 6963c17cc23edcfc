import type { Pool } from 'pg'
import type { KeyRing } from '../crypto/key-ring'
import { open, seal, SealError, type SealContext } from '../crypto/seal'

const PROOF = 'keyrack'

interface KnownKey {
  readonly key_id: string
  readonly check_sealed: string
  /** Nothing is sealed with it any more. */
  readonly is_retired: boolean
}

/**
 * Proves that the configured keys are those that this database was written with, and remembers a new one.
 *
 * @throws Error in plain words when a key is wrong, or one that the database needs is not there.
 */
export async function checkKeys(pool: Pick<Pool, 'query'>, keys: KeyRing): Promise<void> {
  const known = await pool.query<KnownKey>('SELECT key_id, check_sealed, retired_at IS NOT NULL AS is_retired FROM encryption_keys')
  if (known.rows.some(({ key_id: id, is_retired: isRetired }) => isRetired && id === keys.sealingKeyId)) {
    throw new Error(`Key "${keys.sealingKeyId}" was retired and must not seal again: put another one first.`)
  }
  for (const row of known.rows.filter(({ is_retired: isRetired }) => !isRetired)) {
    if (!keys.find(row.key_id)) {
      throw new Error(
        `This database was written with key "${row.key_id}", which is not configured. Put it back into KEYRACK_KEYS ` +
          '(or .data/keys) from your backup; without it the stored tokens cannot be opened by anybody.',
      )
    }
    proveKey(keys, row)
  }
  if (known.rows.some((row) => row.key_id === keys.sealingKeyId)) return
  await pool.query('INSERT INTO encryption_keys (key_id, check_sealed) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    keys.sealingKeyId,
    seal(keys, contextOf(keys.sealingKeyId), PROOF),
  ])
}

function proveKey(keys: KeyRing, row: KnownKey): void {
  try {
    if (open(keys, contextOf(row.key_id), row.check_sealed) === PROOF) return
  } catch (error) {
    if (!(error instanceof SealError)) throw error
  }
  throw new Error(
    `Key "${row.key_id}" is not the key that this database was written with: it has the same id and other bytes. ` +
      'Put the right one into KEYRACK_KEYS (or .data/keys) from your backup, or give the new key an id of its own.',
  )
}

function contextOf(keyId: string): SealContext {
  return { table: 'encryption_keys', column: 'check_sealed', organizationId: '', rowId: keyId, version: 1 }
}
