import 'server-only'
import type { KeyMigration } from '@/contracts/key-migrations'
import type { ImportActor } from '../imports/import-actor'
import { changeKeyMigration } from './change-key-migration'

/** Begins nothing new; what is in hand ends as it ends. @throws AppError `not_found`, `key_migration_over` */
export function pauseKeyMigration(who: ImportActor, id: string): Promise<KeyMigration> {
  return changeKeyMigration(who, id, { action: 'key_migration.paused', from: ['running'], data: { state: 'paused' } })
}
