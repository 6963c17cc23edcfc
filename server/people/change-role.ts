import 'server-only'
import type { z } from 'zod'
import type { changeRole as endpoint, PersonDetail } from '@/contracts/people'
import { roleMay } from '@/contracts/permissions'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { requireFreshProof } from '../sign-in/require-fresh-proof'
import { endPersonalKeys } from './end-personal-keys'
import { getPerson } from './get-person'
import { requireOtherOwner, requireOwner } from './require-owner'
import { requirePerson } from './require-person'

/**
 * Gives a member another role, from their next request on. Personal keys end with the right to have some.
 *
 * @throws AppError `not_found`, `last_owner`, and what a fresh proof throws
 */
export async function changeRole(
  actor: Actor,
  userId: string,
  { newRole, password }: z.output<typeof endpoint.body>,
): Promise<PersonDetail> {
  const { viewer, context } = actor
  const { organizationId } = viewer
  await requirePerson(viewer, userId)
  await requireFreshProof(actor, password)
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    await requireOwner(tx, viewer)
    const membership = await tx.membership.findUnique({ where: { organizationId_userId: { organizationId, userId } } })
    if (!membership) throw new AppError('not_found')
    if (membership.role === 'owner' && newRole !== 'owner') await requireOtherOwner(tx, { organizationId, userId })
    await tx.membership.update({ where: { organizationId_userId: { organizationId, userId } }, data: { role: newRole } })
    const endedKeys = roleMay(newRole, 'machine-keys:manage') ? [] : await endPersonalKeys(tx, { organizationId, userId, now })
    await recordAudit(tx, {
      action: 'person.role_changed',
      outcome: 'success',
      organizationId,
      actor: { kind: 'user', id: viewer.userId },
      target: { kind: 'user', id: userId },
      change: { before: { role: membership.role }, after: { role: newRole } },
      detail: { endedKeys },
      context,
      at: now,
    })
  })
  // Who gave up the role of an owner sees the page no more, but does see that it worked.
  return getPerson(viewer, userId)
}
