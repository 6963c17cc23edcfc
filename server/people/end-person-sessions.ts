import 'server-only'
import type { PersonDetail } from '@/contracts/people'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { getPerson } from './get-person'
import { requirePerson } from './require-person'

/**
 * Ends one session of a member in this organization, or all of them, at their next request.
 *
 * @throws AppError `not_found`
 */
export async function endPersonSessions({ viewer, context }: Actor, userId: string, which: { sessionId: string } | 'all'): Promise<PersonDetail> {
  const now = getRuntime().clock()
  const { organizationId } = viewer
  await requirePerson(viewer, userId)
  await transaction(async (tx) => {
    const revoked = await tx.session.updateManyAndReturn({
      where: { organizationId, userId, revokedAt: null, ...(which === 'all' ? {} : { id: which.sessionId }) },
      data: { revokedAt: now },
      select: { id: true },
    })
    if (which !== 'all' && revoked.length === 0) throw new AppError('not_found')
    await recordAudit(tx, {
      action: 'session.revoked',
      outcome: 'success',
      organizationId,
      actor: { kind: 'user', id: viewer.userId },
      target: { kind: 'user', id: userId },
      detail: { sessions: revoked.map(({ id }) => id) },
      context,
      at: now,
    })
  })
  return getPerson(viewer, userId)
}
