import 'server-only'
import type { ConnectionDetail } from '@/contracts/connections'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { getConnection } from './get-connection'

/**
 * Wipes a connection's tokens here, and every answer in the journal that may hold one. Octorate has no call that
 * withdraws a grant: the consent stays there until the hotelier ends it.
 *
 * @throws AppError `not_found`, `already_disconnected`
 */
export async function disconnectConnection({ viewer, context }: Actor, id: string): Promise<ConnectionDetail> {
  const now = getRuntime().clock()
  const { organizationId } = viewer
  const before = await getConnection(viewer, id)
  await transaction(async (tx) => {
    const wiped = await tx.connection.updateMany({
      where: { id, organizationId, state: { not: 'disconnected' } },
      data: {
        state: 'disconnected',
        cause: null,
        stateSince: now,
        disconnectedAt: now,
        accessTokenSealed: null,
        refreshTokenSealed: null,
        nextRefreshAt: null,
      },
    })
    if (wiped.count === 0) throw new AppError('already_disconnected')
    await tx.grantJournal.updateMany({
      where: { connectionId: id, organizationId, state: { not: 'applied' } },
      data: { state: 'refused', answerSealed: null, settledAt: now, lastError: 'disconnected' },
    })
    await recordAudit(tx, {
      action: 'connection.disconnected',
      outcome: 'success',
      organizationId,
      actor: { kind: 'user', id: viewer.userId },
      target: { kind: 'connection', id },
      detail: { name: before.name, properties: before.propertyCount },
      context,
      at: now,
    })
  })
  return getConnection(viewer, id)
}
