import 'server-only'
import type { People } from '@/contracts/people'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { requireFreshProof } from '../sign-in/require-fresh-proof'
import { endMembership } from './end-membership'
import { listPeople } from './list-people'
import { requireOtherOwner, requireOwner } from './require-owner'
import { requirePerson } from './require-person'

/**
 * Ends a membership, and with it at once sessions, links, invitations and personal keys. Keys that belong to the organization go
 * on, and say by when to replace them.
 *
 * @throws AppError `not_found`, `last_owner`, and what a fresh proof throws
 */
export async function removePerson(actor: Actor, userId: string, password: string): Promise<People> {
  const { viewer, context } = actor
  const { organizationId } = viewer
  await requirePerson(viewer, userId)
  await requireFreshProof(actor, password)
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    await requireOwner(tx, viewer)
    const membership = await tx.membership.findUnique({ where: { organizationId_userId: { organizationId, userId } } })
    if (!membership) throw new AppError('not_found')
    if (membership.role === 'owner') await requireOtherOwner(tx, { organizationId, userId })
    const ended = await endMembership(tx, { organizationId, userId, now })
    await recordAudit(tx, {
      action: 'person.removed',
      outcome: 'success',
      organizationId,
      actor: { kind: 'user', id: viewer.userId },
      target: { kind: 'user', id: userId },
      change: { before: { role: membership.role }, after: { role: null } },
      detail: ended,
      context,
      at: now,
    })
  })
  return listPeople(viewer)
}
