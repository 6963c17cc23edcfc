import 'server-only'
import { recordAudit } from '../audit/record-audit'
import { db, type Transaction } from '../db'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { livingSessions } from './to-member'

/** Ends every session of the organization but the one that asks, or those that began before an instant, at their next request. @returns how many */
export async function endAllSessions(tx: Transaction, { viewer, context }: Actor, begunBefore: Date | null): Promise<number> {
  const { organizationId, userId, sessionId } = viewer
  const now = getRuntime().clock()
  const revoked = await tx.session.updateManyAndReturn({
    where: { organizationId, revokedAt: null, id: { not: sessionId }, ...(begunBefore ? { createdAt: { lt: begunBefore } } : {}) },
    data: { revokedAt: now },
    select: { id: true },
  })
  await recordAudit(tx, {
    action: 'session.revoked', outcome: 'success', organizationId, actor: { kind: 'user', id: userId },
    detail: { sessions: revoked.map(({ id }) => id) }, context, at: now,
  })
  return revoked.length
}

/** Living sessions that began before an instant, besides the one that asks. */
export function countSessionsBefore({ organizationId, sessionId }: Actor['viewer'], before: Date): Promise<number> {
  return db().session.count({
    where: { ...livingSessions(organizationId, getRuntime().clock()), id: { not: sessionId }, createdAt: { lt: before } },
  })
}
