import 'server-only'
import type { z } from 'zod'
import { TYPES_OF_KIND, type changeWebhook as endpoint, type Webhook } from '@/contracts/webhooks'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { auditWebhook } from './audit-webhook'
import { getWebhook } from './list-webhooks'
import { requireWebhook } from './require-webhook'

/** Renames a webhook, chooses what it is told of, or switches it off and on. @throws AppError `not_found`, `invalid_input` */
export async function changeWebhook(actor: Actor, id: string, { name, events, isOn }: z.output<typeof endpoint.body>): Promise<Webhook> {
  const { kind } = await requireWebhook(actor.viewer, id)
  if (events && !events.every((type) => (TYPES_OF_KIND[kind] as readonly string[]).includes(type))) {
    throw new AppError('invalid_input', { issues: [{ path: 'events', message: 'names something that this kind is not told of' }] })
  }
  const now = getRuntime().clock()
  const { organizationId } = actor.viewer
  await transaction(async (tx) => {
    await tx.webhookEndpoint.updateMany({ where: { id, organizationId }, data: { ...(name && { name }), ...(events && { events }) } })
    // Whoever switches it on again gives it three days anew.
    if (isOn === true) {
      await tx.webhookEndpoint.updateMany({
        where: { id, organizationId, disabledAt: { not: null } },
        data: { disabledAt: null, disabledByKeyrack: false, failures: 0, failingSince: null, pausedUntil: null },
      })
    }
    if (isOn === false) await tx.webhookEndpoint.updateMany({ where: { id, organizationId, disabledAt: null }, data: { disabledAt: now, disabledByKeyrack: false } })
    await auditWebhook(tx, actor, {
      action: 'webhook.changed', id, at: now,
      detail: { ...(name && { name }), ...(events && { events }), ...(isOn !== undefined && { isOn }) },
    })
  })
  return getWebhook(actor.viewer, id)
}
