import 'server-only'
import { roleMay, type Role } from '@/contracts/permissions'
import type { Transaction } from '../db'
import { AppError } from '../http/app-error'
import { endPersonalKeys } from './end-personal-keys'
import { requireOtherOwner } from './require-owner'

interface Given {
  readonly organizationId: string
  readonly userId: string
  readonly newRole: Role
  readonly now: Date
}

/**
 * Gives a member another role, while the organization's people are locked. Personal keys end with the right to have some.
 *
 * @throws AppError `not_found`, `last_owner`
 */
export async function applyRole(tx: Transaction, { organizationId, userId, newRole, now }: Given): Promise<{ before: Role; endedKeys: string[] }> {
  const where = { organizationId_userId: { organizationId, userId } }
  const membership = await tx.membership.findUnique({ where })
  if (!membership) throw new AppError('not_found')
  if (membership.role === 'owner' && newRole !== 'owner') await requireOtherOwner(tx, { organizationId, userId })
  await tx.membership.update({ where, data: { role: newRole } })
  const endedKeys = roleMay(newRole, 'machine-keys:manage') ? [] : await endPersonalKeys(tx, { organizationId, userId, now })
  return { before: membership.role, endedKeys }
}
