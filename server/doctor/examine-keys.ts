import type { ClientBase } from 'pg'
import { openDerivationRoot } from '../crypto/derivation-root'
import type { KeyRing } from '../crypto/key-ring'
import { countByKey } from '../crypto/reseal'
import { checkKeys } from '../start/check-keys'
import { about, type Finding } from './finding'

/** Whether the keys are those that the database was written with; null when none is configured. Changes nothing. */
export async function examineKeys(client: ClientBase, keys: KeyRing | null): Promise<Finding> {
  if (!keys) return about('keys', 'Keys').problem('No key is configured: Keyrack starts sealed.', 'Set KEYRACK_KEYS, KEYRACK_KEYS_FILE or KEYRACK_KEYS_COMMAND.')
  // Both would note a key that is new.
  await client.query('BEGIN')
  try {
    await checkKeys(client, keys)
    await openDerivationRoot(client, keys)
    const counts = await countByKey(client)
    return about('keys', 'Keys').ok(`"${keys.sealingKeyId}" seals; what is stored is sealed with ${[...counts.keys()].join(', ') || 'none yet'}.`)
  } catch (error) {
    return wrongKeys(error)
  } finally {
    await client.query('ROLLBACK')
  }
}

export function wrongKeys(error: unknown): Finding {
  return about('keys', 'Keys').problem(error instanceof Error ? error.message : String(error), 'Without the right keys no stored token can be opened.')
}
