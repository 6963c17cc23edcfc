import 'server-only'
import { recordAudits } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'

/**
 * Marks keys as out of use on the old API. One that no verified token has replaced is left: its property would be without
 * any credential that works.
 */
export async function retireOldKeys({ viewer, context }: Actor, ids: readonly string[]): Promise<{ retired: number; left: number }> {
  const { organizationId, userId } = viewer
  const now = getRuntime().clock()
  return transaction(async (tx) => {
    const rows = await tx.oldKey.updateManyAndReturn({
      where: { id: { in: [...ids] }, organizationId, state: 'kept', migratedAt: { not: null } },
      data: { state: 'retired', retiredAt: now },
      select: { id: true },
    })
    await recordAudits(tx, rows.map(({ id }) => ({
      action: 'old_key.retired', outcome: 'success', organizationId, actor: { kind: 'user', id: userId }, target: { kind: 'old_key', id }, context, at: now,
    } as const)))
    return { retired: rows.length, left: new Set(ids).size - rows.length }
  })
}
