import 'server-only'
import type { Viewer } from '../auth/viewer'
import type { Transaction } from '../db'
import { AppError } from '../http/app-error'

/**
 * For what ends with a membership: holds it until the transaction is over, so that a removal comes before, and then nothing
 * is made, or after, and then what was made ends with the rest.
 *
 * @throws AppError `not_allowed`
 */
export async function requireMembership(tx: Transaction, { organizationId, userId }: Pick<Viewer, 'organizationId' | 'userId'>): Promise<void> {
  const held = await tx.$queryRaw<unknown[]>`
    SELECT 1 AS held FROM memberships WHERE organization_id = ${organizationId}::uuid AND user_id = ${userId}::uuid FOR SHARE`
  if (held.length === 0) throw new AppError('not_allowed')
}
