import 'server-only'
import { randomUUID } from 'node:crypto'
import type { Delivery } from '@/contracts/webhooks'
import { translator } from '@/messages/translator'
import { transaction } from '../database/transaction'
import { db } from '../db'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { auditWebhook } from './audit-webhook'
import { addDeliveries } from './queue-deliveries'
import { requireWebhook } from './require-webhook'
import { toDelivery } from './to-dto'

/** The type of a message that is about nothing. */
export const TEST_TYPE = 'webhook.test'

/** Sends a webhook a message that is about nothing. @throws AppError `not_found` */
export async function testWebhook(actor: Actor, id: string): Promise<Delivery> {
  const { organizationId, kind } = await requireWebhook(actor.viewer, id)
  const now = getRuntime().clock()
  const eventId = randomUUID()
  const body =
    kind === 'signed'
      ? { id: eventId, type: TEST_TYPE, timestamp: now.toISOString(), organization: { id: organizationId }, data: {} }
      : { text: translator('webhooks')('testMessage') }
  const [deliveryId = ''] = await transaction(async (tx) => {
    await auditWebhook(tx, actor, { action: 'webhook.tested', id, at: now })
    return addDeliveries(tx, [{ endpointId: id, organizationId, eventId, eventType: TEST_TYPE, body: JSON.stringify(body) }], now)
  })
  return toDelivery(await db().webhookDelivery.findUniqueOrThrow({ where: { id: deliveryId } }))
}
