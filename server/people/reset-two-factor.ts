import 'server-only'
import type { PersonDetail } from '@/contracts/people'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { requireFreshProof } from '../sign-in/require-fresh-proof'
import { forgetTwoFactor } from '../two-factor/forget-two-factor'
import { getPerson } from './get-person'
import { requireOwner } from './require-owner'
import { requirePerson } from './require-person'

/**
 * Takes the second factor from a member who lost it, and ends their sessions. It belongs to the person in every
 * organization: only who owns all of theirs may.
 *
 * @throws AppError `not_found`, `two_factor_is_off`, `person_elsewhere`, and what a fresh proof throws
 */
export async function resetTwoFactor(actor: Actor, userId: string, password: string): Promise<PersonDetail> {
  const { viewer, context } = actor
  await requirePerson(viewer, userId)
  await requireFreshProof(actor, password)
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    await requireOwner(tx, viewer)
    const theirs = await tx.membership.findMany({ where: { userId }, select: { organizationId: true } })
    const owned = await tx.membership.count({
      where: { userId: viewer.userId, role: 'owner', organizationId: { in: theirs.map(({ organizationId }) => organizationId) } },
    })
    if (owned < theirs.length) throw new AppError('person_elsewhere')
    await forgetTwoFactor(tx, { userId, keptSessionId: null, now })
    await recordAudit(tx, {
      action: 'two_factor.reset',
      outcome: 'success',
      organizationId: viewer.organizationId,
      actor: { kind: 'user', id: viewer.userId },
      target: { kind: 'user', id: userId },
      context,
      at: now,
    })
  })
  return getPerson(viewer, userId)
}
