import 'server-only'
import type { OrganizationChoice } from '@/contracts/organizations'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'

/** Takes this session over to another organization of the person's. @throws AppError `not_found` where they are no member */
export async function chooseOrganization({ viewer, context }: Actor, id: string): Promise<OrganizationChoice> {
  const { userId, sessionId } = viewer
  const now = getRuntime().clock()
  return transaction(async (tx) => {
    const membership = await tx.membership.findUnique({
      where: { organizationId_userId: { organizationId: id, userId } },
      include: { organization: { select: { name: true } } },
    })
    if (!membership) throw new AppError('not_found')
    await tx.membership.update({ where: { organizationId_userId: { organizationId: id, userId } }, data: { chosenAt: now } })
    await tx.session.updateMany({ where: { id: sessionId, userId, revokedAt: null }, data: { organizationId: id } })
    await recordAudit(tx, {
      action: 'session.moved',
      outcome: 'success',
      organizationId: id,
      actor: { kind: 'user', id: userId },
      target: { kind: 'session', id: sessionId },
      change: { before: { organizationId: viewer.organizationId }, after: { organizationId: id } },
      context,
      at: now,
    })
    return { id, name: membership.organization.name, role: membership.role, isCurrent: true }
  })
}
