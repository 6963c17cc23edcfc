import 'server-only'
import { recordAudit, type AuditActor } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { RequestContext } from '../http/request-context'
import { wipeAnswers } from '../journal/entry-state'
import { getRuntime } from '../runtime'

interface Act {
  readonly actor: AuditActor
  readonly context: RequestContext
  readonly propertyCount: number
}

/**
 * Wipes a connection's tokens here, and every answer in the journal that may hold one. Octorate has no call that
 * withdraws a grant: the consent stays there until the hotelier ends it.
 *
 * @throws AppError `already_disconnected`
 */
export async function wipeConnection({ id, organizationId }: { id: string; organizationId: string }, act: Act): Promise<void> {
  const now = getRuntime().clock()
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
    await wipeAnswers(tx, { id, organizationId })
    await recordAudit(tx, {
      action: 'connection.disconnected',
      outcome: 'success',
      organizationId,
      actor: act.actor,
      target: { kind: 'connection', id },
      detail: { properties: act.propertyCount },
      context: act.context,
      at: now,
    })
  })
}
