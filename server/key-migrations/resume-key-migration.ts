import 'server-only'
import type { KeyMigration } from '@/contracts/key-migrations'
import { db } from '../db'
import type { ImportActor } from '../imports/import-actor'
import { getRuntime } from '../runtime'
import { changeKeyMigration } from './change-key-migration'

/**
 * Goes on with one that is paused, or that stopped by itself: that one trusts itself with a single line first again.
 *
 * @throws AppError `not_found`, `key_migration_over`
 */
export async function resumeKeyMigration(who: ImportActor, id: string): Promise<KeyMigration> {
  const row = await db().keyMigration.findFirst({ where: { id, organizationId: who.organizationId }, select: { state: true } })
  const isStopped = row?.state === 'stopped'
  const again = isStopped
    ? { stage: 'first_line' as const, verifiedBefore: await db().keyLine.count({ where: { migrationId: id, state: 'verified' } }), lostInARow: 0 }
    : {}
  return changeKeyMigration(who, id, {
    action: 'key_migration.resumed',
    from: isStopped ? ['stopped'] : ['paused'],
    data: { state: 'running', stopReason: null, nextSlotAt: getRuntime().clock(), ...again },
  })
}
