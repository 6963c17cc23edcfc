import 'server-only'
import { recordAudits } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { lockKeyMigrations } from './lock-key-migrations'

interface Wish {
  readonly ids: readonly string[]
  /** Erases keys too that no verified token has replaced. */
  readonly evenUnmigrated: boolean
}

/** Wipes keys from here for good. One that a line waits with, or has in hand, is left. */
export async function eraseOldKeys({ viewer, context }: Actor, { ids, evenUnmigrated }: Wish): Promise<{ erased: number; left: number }> {
  const { organizationId, userId } = viewer
  const now = getRuntime().clock()
  return transaction(async (tx) => {
    await lockKeyMigrations(tx, organizationId)
    const rows = await tx.oldKey.updateManyAndReturn({
      where: {
        id: { in: [...ids] }, organizationId, state: { not: 'erased' },
        ...(evenUnmigrated ? {} : { migratedAt: { not: null } }),
        lines: { none: { state: { in: ['pending', 'sent', 'received', 'stored'] } } },
      },
      data: { state: 'erased', keySealed: null, erasedAt: now },
      select: { id: true, migratedAt: true },
    })
    await recordAudits(tx, rows.map(({ id, migratedAt }) => ({
      action: 'old_key.erased', outcome: 'success', organizationId, actor: { kind: 'user', id: userId }, target: { kind: 'old_key', id },
      detail: { migrated: migratedAt !== null }, context, at: now,
    } as const)))
    return { erased: rows.length, left: new Set(ids).size - rows.length }
  })
}
