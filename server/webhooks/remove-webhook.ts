import 'server-only'
import { transaction } from '../database/transaction'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { auditWebhook } from './audit-webhook'
import { requireWebhook } from './require-webhook'

/** Removes a webhook with its deliveries; what was to be sent is not. @throws AppError `not_found` */
export async function removeWebhook(actor: Actor, id: string): Promise<Record<string, never>> {
  const { organizationId, name, urlOrigin } = await requireWebhook(actor.viewer, id)
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    const removed = await tx.webhookEndpoint.deleteMany({ where: { id, organizationId } })
    if (removed.count > 0) await auditWebhook(tx, actor, { action: 'webhook.removed', id, detail: { name, origin: urlOrigin }, at: now })
  })
  return {}
}
