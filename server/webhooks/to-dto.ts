import { deliverySchema, type Delivery, type Webhook } from '@/contracts/webhooks'
import type { WebhookDelivery, WebhookEndpoint } from '../generated/prisma/client'

type Last = Pick<WebhookDelivery, 'createdAt' | 'state'>
export type EndpointRow = WebhookEndpoint & { readonly deliveries: readonly Last[] }

/** With the newest delivery, which the summary names. */
export const WITH_LAST_DELIVERY = { deliveries: { orderBy: { createdAt: 'desc' }, take: 1, select: { createdAt: true, state: true } } } as const

export function toWebhook(row: EndpointRow, people: ReadonlyMap<string, string>, now: Date): Webhook {
  const { previousSecretEndsAt, deliveries: [last] } = row
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    origin: row.urlOrigin,
    events: row.events,
    secretLast4: row.secretLast4,
    previousSecretEndsAt: previousSecretEndsAt && previousSecretEndsAt > now ? previousSecretEndsAt.toISOString() : null,
    createdAt: row.createdAt.toISOString(),
    createdBy: people.get(row.createdByUserId) ?? null,
    disabledAt: row.disabledAt?.toISOString() ?? null,
    disabledByKeyrack: row.disabledByKeyrack,
    failingSince: row.failingSince?.toISOString() ?? null,
    lastDelivery: last ? { at: last.createdAt.toISOString(), state: last.state } : null,
  }
}

export function toDelivery(row: WebhookDelivery): Delivery {
  const attempts = deliverySchema.shape.attempts.safeParse(row.attempts)
  return {
    id: row.id,
    eventId: row.eventId,
    eventType: row.eventType,
    state: row.state,
    createdAt: row.createdAt.toISOString(),
    settledAt: row.settledAt?.toISOString() ?? null,
    tries: row.tries,
    nextTryAt: row.state === 'queued' ? row.nextTryAt.toISOString() : null,
    body: row.body,
    attempts: attempts.success ? attempts.data : [],
  }
}
