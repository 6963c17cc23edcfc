import 'server-only'
import type { People } from '@/contracts/people'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { listPeople } from '../people/list-people'
import { getRuntime } from '../runtime'

/** Ends an invitation that nobody has taken. @throws AppError `not_found` */
export async function revokeInvitation({ viewer, context }: Actor, id: string): Promise<People> {
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    const revoked = await tx.invitation.updateMany({
      where: { id, organizationId: viewer.organizationId, acceptedAt: null, revokedAt: null },
      data: { revokedAt: now },
    })
    if (revoked.count === 0) throw new AppError('not_found')
    await recordAudit(tx, {
      action: 'invitation.revoked',
      outcome: 'success',
      organizationId: viewer.organizationId,
      actor: { kind: 'user', id: viewer.userId },
      target: { kind: 'invitation', id },
      context,
      at: now,
    })
  })
  return listPeople(viewer)
}
