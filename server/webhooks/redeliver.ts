import 'server-only'
import type { Delivery } from '@/contracts/webhooks'
import { transaction } from '../database/transaction'
import { db } from '../db'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { auditWebhook } from './audit-webhook'
import { addDeliveryJob, TRIED_FOR_MS } from './queue-deliveries'
import { toDelivery } from './to-dto'

/** Sends a message again at once, for a day if need be, whatever became of it. @throws AppError `not_found` */
export async function redeliver(actor: Actor, id: string, deliveryId: string): Promise<Delivery> {
  const { organizationId } = actor.viewer
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    const queued = await tx.webhookDelivery.updateMany({
      where: { id: deliveryId, endpointId: id, organizationId },
      data: { state: 'queued', settledAt: null, tries: 0, nextTryAt: now, givesUpAt: new Date(now.getTime() + TRIED_FOR_MS) },
    })
    if (queued.count === 0) throw new AppError('not_found')
    await tx.webhookEndpoint.updateMany({ where: { id, organizationId }, data: { pausedUntil: null } })
    await addDeliveryJob(tx, deliveryId)
    await auditWebhook(tx, actor, { action: 'webhook.redelivered', id, detail: { delivery: deliveryId }, at: now })
  })
  return toDelivery(await db().webhookDelivery.findFirstOrThrow({ where: { id: deliveryId, organizationId } }))
}
