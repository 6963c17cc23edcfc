import 'server-only'
import type { ConnectionDetail } from '@/contracts/connections'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { db } from '../db'
import { recordAudit } from '../audit/record-audit'
import { getRuntime } from '../runtime'
import { refreshNow } from '../refresh/refresh-now'
import { withinTime } from '../within-time'
import { getConnection } from './get-connection'

/** Longer than one refresh may take; what was sent goes on when the person does not wait any more. */
const WAIT_MS = 25_000

/**
 * Gets a new access token for a connection now.
 *
 * @throws AppError `not_found`, `already_disconnected`, `reconnect_required`, `refresh_token_missing`,
 * `refresh_in_progress`, `api_client_refused`, or what Octorate's answer means.
 */
export async function refreshConnection({ viewer, context }: Actor, id: string): Promise<ConnectionDetail> {
  const row = await db().connection.findFirst({ where: { id, organizationId: viewer.organizationId }, select: { state: true } })
  if (!row) throw new AppError('not_found')
  const audit = (outcome: 'success' | 'failure', detail: Record<string, string>) =>
    recordAudit(db(), {
      action: outcome === 'success' ? 'connection.refreshed' : 'connection.refresh_refused',
      outcome,
      organizationId: viewer.organizationId,
      actor: { kind: 'user', id: viewer.userId },
      target: { kind: 'connection', id },
      detail,
      context,
      at: getRuntime().clock(),
    })
  const subject = { id, organizationId: viewer.organizationId }
  const result = await withinTime(refreshNow(subject, { reason: 'manual' }), WAIT_MS)
  if (!result) throw new AppError('refresh_in_progress')
  if (result.outcome === 'refreshed') {
    await audit('success', {})
    return getConnection(viewer, id)
  }
  await audit('failure', { reason: result.error.code })
  throw result.error
}
