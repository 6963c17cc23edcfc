import 'server-only'
import type { Role } from '@/contracts/permissions'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import { log } from '../log'
import { applyRole } from '../people/apply-role'
import { lockPeople } from '../people/require-owner'
import { getRuntime } from '../runtime'
import { firstOrganizationOf } from '../users/first-organization-of'

/**
 * Gives somebody who signs in the role that their groups at the provider say, in the organization that they come to. The
 * last owner stays one, whatever the groups say: somebody has to be able to repair it.
 */
export async function adoptGroupRole(userId: string, newRole: Role): Promise<void> {
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    const organizationId = await firstOrganizationOf(tx, userId)
    if (!organizationId) return
    await lockPeople(tx, organizationId)
    const membership = await tx.membership.findUnique({ where: { organizationId_userId: { organizationId, userId } } })
    if (!membership || membership.role === newRole) return
    const { before, endedKeys } = await applyRole(tx, { organizationId, userId, newRole, now })
    await recordAudit(tx, {
      action: 'person.role_changed',
      outcome: 'success',
      organizationId,
      actor: { kind: 'system' },
      target: { kind: 'user', id: userId },
      change: { before: { role: before }, after: { role: newRole } },
      detail: { endedKeys, by: 'groups at the OpenID Connect provider' },
      at: now,
    })
  }).catch((error: unknown) => {
    if (!(error instanceof AppError && error.code === 'last_owner')) throw error
    log().warn({ userId, newRole }, 'the groups of the last owner give another role; they stay an owner')
  })
}
