import 'server-only'
import type { ConnectionDetail } from '@/contracts/connections'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { lookNow } from '../until-work'
import { getConnection } from './get-connection'
import { requireConnection } from './require-connection'

/**
 * From now on only a person refreshes the connection; what was sent already goes on. Its token is handed out as long as it
 * lives. One that is paused stays as it is.
 *
 * @throws AppError `not_found`
 */
export function pauseRefresh(actor: Actor, id: string, reason: string): Promise<ConnectionDetail> {
  return change(actor, id, { isPaused: true, reason })
}

/** Keyrack refreshes it by itself again: at once, if it is due. @throws AppError `not_found` */
export function resumeRefresh(actor: Actor, id: string): Promise<ConnectionDetail> {
  return change(actor, id, { isPaused: false })
}

async function change({ viewer, context }: Actor, id: string, { isPaused, reason }: { isPaused: boolean; reason?: string }): Promise<ConnectionDetail> {
  const { organizationId } = viewer
  await requireConnection(viewer, id)
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    const changed = await tx.connection.updateMany({
      where: { id, organizationId, refreshPausedAt: isPaused ? null : { not: null } },
      data: { refreshPausedAt: isPaused ? now : null },
    })
    if (changed.count === 0) return
    await recordAudit(tx, {
      action: isPaused ? 'connection.refresh_paused' : 'connection.refresh_resumed', outcome: 'success', organizationId,
      actor: { kind: 'user', id: viewer.userId }, target: { kind: 'connection', id }, ...(reason === undefined ? {} : { detail: { reason } }), context, at: now,
    })
  })
  if (!isPaused) lookNow()
  return getConnection(viewer, id)
}
