import 'server-only'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import { getRuntime } from '../runtime'
import type { ListActor } from './list-actor'
import { actionOf, type ListHolder } from './list-holder'
import { lockList } from './read-list'

/** A person has looked at entries, and they are still needed. @throws AppError `not_found` */
export async function reviewEntries(who: ListActor, holder: ListHolder, entryIds: readonly string[]): Promise<void> {
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    const list = await lockList(tx, who.organizationId, holder)
    const reviewed = list.entries.filter(({ id }) => entryIds.includes(id))
    if (reviewed.length !== new Set(entryIds).size) throw new AppError('not_found')
    await tx.addressEntry.updateMany({
      where: { listId: list.id, id: { in: [...entryIds] } }, data: { reviewedAt: now, reviewedByUserId: who.userId },
    })
    await recordAudit(tx, {
      action: actionOf(holder, 'reviewed'), outcome: 'success', organizationId: who.organizationId, actor: who.audit, target: holder,
      detail: { blocks: reviewed.map(({ block }) => block) }, context: who.context, at: now,
    })
  })
}
