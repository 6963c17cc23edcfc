import 'server-only'
import type { z } from 'zod'
import type { changeRole as endpoint, PersonDetail } from '@/contracts/people'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { requireFreshProof } from '../sign-in/require-fresh-proof'
import { applyRole } from './apply-role'
import { getPerson } from './get-person'
import { requireOwner } from './require-owner'
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
    const { before, endedKeys } = await applyRole(tx, { organizationId, userId, newRole, now })
    await recordAudit(tx, {
      action: 'person.role_changed',
      outcome: 'success',
      organizationId,
      actor: { kind: 'user', id: viewer.userId },
      target: { kind: 'user', id: userId },
      change: { before: { role: before }, after: { role: newRole } },
      detail: { endedKeys },
      context,
      at: now,
    })
  })
  // Who gave up the role of an owner sees the page no more, but does see that it worked.
  return getPerson(viewer, userId)
}
