import 'server-only'
import type { AuditAction } from '@/contracts/audit-actions'
import type { KeyMigration, KeyMigrationState } from '@/contracts/key-migrations'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import type { Transaction } from '../db'
import type { Prisma } from '../generated/prisma/client'
import { AppError } from '../http/app-error'
import type { ImportActor } from '../imports/import-actor'
import { getRuntime } from '../runtime'
import { lookNow } from '../until-work'
import { getKeyMigration } from './get-key-migration'

interface Change {
  readonly action: AuditAction
  /** States in which it can be done. */
  readonly from: readonly KeyMigrationState[]
  readonly data: Prisma.KeyMigrationUpdateManyMutationInput
  readonly detail?: Prisma.InputJsonObject
  /** Done first, in the same transaction. */
  readonly before?: (tx: Transaction, now: Date) => Promise<void>
}

/**
 * Changes a migration by somebody's hand, with its proof.
 *
 * @throws AppError `not_found`; `key_migration_over` when its state does not allow it
 */
export async function changeKeyMigration(who: ImportActor, id: string, { action, from, data, detail, before }: Change): Promise<KeyMigration> {
  await getKeyMigration(who, id)
  const { organizationId, actor, context } = who
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    await before?.(tx, now)
    const changed = await tx.keyMigration.updateMany({ where: { id, organizationId, state: { in: [...from] } }, data: { ...data, updatedAt: now } })
    if (changed.count === 0) throw new AppError('key_migration_over')
    await recordAudit(tx, {
      action, outcome: 'success', organizationId, actor, context, target: { kind: 'key_migration', id }, ...(detail ? { detail } : {}), at: now,
    })
  })
  lookNow()
  return getKeyMigration(who, id)
}
