import 'server-only'
import type { AuditAction } from '@/contracts/audit-actions'
import { openGateway } from '../api-clients/open-gateway'
import { recordAudit, type AuditActor } from '../audit/record-audit'
import { isOvertaken, lockIdentity, storeGrant } from '../connections/store-grant'
import { requireKeys } from '../crypto/require-keys'
import { open } from '../crypto/seal'
import { transaction } from '../database/transaction'
import { db } from '../db'
import type { QuarantinedGrant } from '../generated/prisma/client'
import { AppError } from '../http/app-error'
import type { RequestContext } from '../http/request-context'
import type { Discovery } from '../journal/discover'
import { processTokenResponse } from '../octorate/code-exchange'
import { decodeRawAnswer } from '../octorate/raw-answer'
import { getRuntime } from '../runtime'
import { answerContext } from './answer-context'

interface Act {
  readonly state: 'adopted' | 'connected'
  readonly action: AuditAction
  readonly actor: AuditActor
  readonly userId: string | null
  readonly context?: RequestContext
}

/**
 * Takes a grant out of quarantine and saves it where it belongs: on the connection of the property that consented, or as
 * a new one. The grant leaves quarantine and reaches its connection in one transaction.
 *
 * @returns the connection's id.
 * @throws AppError `conflict` when it was decided otherwise in the meantime; it stays where it is then.
 */
export async function adoptGrant(row: QuarantinedGrant, { state, action, actor, userId, context }: Act): Promise<string> {
  const { id, organizationId, apiClientId, authorizationId, identity, name, answerSealed } = row
  if (answerSealed === null) throw new AppError('conflict')
  const apiClient = await db().apiClient.findFirst({ where: { id: apiClientId, organizationId, deletedAt: null } })
  const { environment } = await db().authorization.findUniqueOrThrow({ where: { id: authorizationId }, select: { environment: true } })
  // A consent of the one environment is none of the other.
  if (!apiClient || apiClient.environment !== environment) throw new AppError('conflict')
  const answer = decodeRawAnswer(open(requireKeys(), answerContext(id, organizationId), answerSealed))
  const grant = processTokenResponse(answer, openGateway(apiClient).policy)
  const discovery = row.discovery as unknown as Discovery
  const now = getRuntime().clock()
  const decidedAt = state === 'connected' ? now : undefined
  return transaction(async (tx) => {
    const before = await lockIdentity(tx, apiClientId, identity)
    // Asked before the only copy leaves quarantine: somebody has disconnected, or a newer consent came.
    if (before && ((state === 'adopted' && before.state === 'disconnected') || (await isOvertaken(tx, before, { answer, decidedAt })))) throw new AppError('conflict')
    const taken = await tx.quarantinedGrant.updateMany({
      where: { id, organizationId, state: { in: ['probing', 'held'] }, expiresAt: { gt: now } },
      data: { state, answerSealed: null, settledAt: now },
    })
    if (taken.count === 0) throw new AppError('conflict')
    const connectionId = await storeGrant(tx, {
      organizationId, apiClientId, discovery, grant, answer, now, decidedAt,
      environment,
      connectedByUserId: userId,
      identity: { identity, name },
      origin: 'code',
    })
    await tx.quarantinedGrant.update({ where: { id }, data: { connectionId } })
    const common = { outcome: 'success', organizationId, actor, at: now, ...(context ? { context } : {}) } as const
    await recordAudit(tx, { ...common, action, target: { kind: 'quarantined_grant', id }, detail: { connection: connectionId } })
    await recordAudit(tx, { ...common, action: 'connection.connected', target: { kind: 'connection', id: connectionId }, detail: { quarantinedGrant: id } })
    return connectionId
  })
}
