import 'server-only'
import type { Freeze } from '@/contracts/freezes'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import type { Transaction } from '../db'
import type { Freeze as Row } from '../generated/prisma/client'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { announceFreeze } from './announce-freeze'
import { listFreezes } from './list-freezes'

/**
 * Thaws a connection or an API client; what else stands over it goes on. One that was lifted already stays lifted.
 *
 * @throws AppError `not_found`, also for an organization's freeze, which is lifted in its incident
 */
export async function liftFreeze(actor: Actor, id: string, reason: string): Promise<{ items: Freeze[] }> {
  const { organizationId } = actor.viewer
  await transaction(async (tx) => {
    const row = await tx.freeze.findFirst({ where: { id, organizationId, targetKind: { not: 'organization' } } })
    if (!row) throw new AppError('not_found')
    await writeLift(tx, actor, { row, reason })
  })
  return listFreezes(actor.viewer)
}

/** Within a transaction of something larger. */
export async function writeLift(tx: Transaction, { viewer, context }: Actor, { row, reason }: { row: Row; reason: string }): Promise<void> {
  const { organizationId, userId } = viewer
  const now = getRuntime().clock()
  const lifted = await tx.freeze.updateMany({
    where: { id: row.id, organizationId, liftedAt: null },
    data: { liftedAt: now, liftedByUserId: userId, liftReason: reason },
  })
  if (lifted.count === 0) return
  await recordAudit(tx, {
    action: 'freeze.lifted', outcome: 'success', organizationId, actor: { kind: 'user', id: userId },
    target: { kind: row.targetKind, id: row.targetId }, detail: { reason, onlySandbox: row.onlySandbox }, context, at: now,
  })
  await announceFreeze(tx, viewer, { type: 'hand_outs.thawed', row, reason, at: now })
}
