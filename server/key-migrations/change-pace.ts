import 'server-only'
import { gapOf } from '@/lib/refresh/pace'
import type { KeyMigration } from '@/contracts/key-migrations'
import type { ImportActor } from '../imports/import-actor'
import { changeKeyMigration } from './change-key-migration'

/** From now on so many lines a second; null takes the throttle off. @throws AppError `not_found`, `key_migration_over` */
export function changePace(who: ImportActor, id: string, perSecond: number | null): Promise<KeyMigration> {
  return changeKeyMigration(who, id, {
    action: 'key_migration.pace_changed',
    from: ['running', 'paused', 'stopped'],
    data: { perSecond, gapMs: gapOf(perSecond ?? 0) },
    detail: { perSecond },
  })
}
