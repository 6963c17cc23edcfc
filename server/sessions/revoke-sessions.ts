import 'server-only'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'

/**
 * Ends one of the person's own sessions, or all but the one that asks. Effective at the next request anywhere.
 *
 * @throws AppError `not_found` when the id is not a living session of theirs.
 */
export async function revokeSessions({ viewer, context }: Actor, which: { id: string } | 'others'): Promise<void> {
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    const revoked = await tx.session.updateManyAndReturn({
      where: {
        userId: viewer.userId,
        revokedAt: null,
        id: which === 'others' ? { not: viewer.sessionId } : which.id,
      },
      data: { revokedAt: now },
    })
    if (which !== 'others' && revoked.length === 0) throw new AppError('not_found')
    await recordAudit(tx, {
      action: 'session.revoked',
      outcome: 'success',
      organizationId: viewer.organizationId,
      actor: { kind: 'user', id: viewer.userId },
      detail: { sessions: revoked.map((session) => session.id) },
      context,
      at: now,
    })
  })
}
