import 'server-only'
import type { Viewer } from '../auth/viewer'
import type { Transaction } from '../db'
import { AppError } from '../http/app-error'

type Asked = Pick<Viewer, 'organizationId' | 'userId'>

/**
 * Lets one after the other change who is in an organization, and looks whether the one who acts is an owner still: of two
 * owners who remove each other at once, the second is refused.
 *
 * @throws AppError `not_allowed`
 */
export async function requireOwner(tx: Transaction, { organizationId, userId }: Asked): Promise<void> {
  await lockPeople(tx, organizationId)
  const membership = await tx.membership.findUnique({ where: { organizationId_userId: { organizationId, userId } } })
  if (membership?.role !== 'owner') throw new AppError('not_allowed')
}

/** Until the transaction is over, nobody else changes who is in an organization, and as what. */
export async function lockPeople(tx: Transaction, organizationId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 AS held FROM organizations WHERE id = ${organizationId}::uuid FOR NO KEY UPDATE`
}

/** For when somebody stops being an owner. @throws AppError `last_owner` */
export async function requireOtherOwner(tx: Transaction, { organizationId, userId }: Asked): Promise<void> {
  const others = await tx.membership.count({ where: { organizationId, role: 'owner', userId: { not: userId } } })
  if (others === 0) throw new AppError('last_owner')
}
