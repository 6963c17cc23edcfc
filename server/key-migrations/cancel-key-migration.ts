import 'server-only'
import type { KeyMigration } from '@/contracts/key-migrations'
import type { ImportActor } from '../imports/import-actor'
import { changeKeyMigration } from './change-key-migration'
import { finishKeyMigration } from './finish-key-migration'
import { getKeyMigration } from './get-key-migration'

/**
 * Skips what waits. What is in hand ends as it ends: an answer of Octorate's is never thrown away.
 *
 * @throws AppError `not_found`, `key_migration_over`
 */
export async function cancelKeyMigration(who: ImportActor, id: string): Promise<KeyMigration> {
  await changeKeyMigration(who, id, {
    action: 'key_migration.cancelled', from: ['running', 'paused', 'stopped'], data: { state: 'cancelled' },
  })
  await finishKeyMigration(id)
  return getKeyMigration(who, id)
}
