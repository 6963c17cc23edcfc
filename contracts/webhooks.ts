import { defineRead, defineWrite } from './define-endpoint'
import { ALERT_TYPES, EVENT_TYPES } from './events'
import { plainText } from './plain-text'
import { z } from './zod'

const instant = z.iso.datetime()
const idParams = z.strictObject({ id: z.uuid() })
const permission = 'webhooks:manage'

export const WEBHOOK_KINDS = ['signed', 'slack'] as const
export const DELIVERY_STATES = ['queued', 'delivered', 'failed'] as const

/** Longest time in which the old signing secret signs beside the new one, in hours. */
export const MOST_SECRET_OVERLAP_HOURS = 7 * 24

/** What each kind can be told of: programs of events, people of alerts. */
export const TYPES_OF_KIND = { signed: EVENT_TYPES, slack: ALERT_TYPES } as const

export const webhookSchema = z.object({
  id: z.uuid(),
  kind: z.enum(WEBHOOK_KINDS),
  name: z.string(),
  /** Scheme and host: the rest may be a secret. */
  origin: z.string(),
  events: z.array(z.string()),
  /** Last four characters of the signing secret; null for a kind that is not signed. */
  secretLast4: z.string().nullable(),
  /** Until when the secret before signs too; null when there is none. */
  previousSecretEndsAt: instant.nullable(),
  createdAt: instant,
  /** Null when its maker is no member any more. */
  createdBy: z.string().nullable(),
  disabledAt: instant.nullable(),
  /** Switched off by Keyrack, because it took nothing for three days. */
  disabledByKeyrack: z.boolean(),
  /** Since when every try failed; null when the last one was taken, or none was made. */
  failingSince: instant.nullable(),
  lastDelivery: z.object({ at: instant, state: z.enum(DELIVERY_STATES) }).nullable(),
})
export type Webhook = z.infer<typeof webhookSchema>

export const deliverySchema = z.object({
  id: z.uuid(),
  eventId: z.uuid(),
  eventType: z.string(),
  state: z.enum(DELIVERY_STATES),
  createdAt: instant,
  settledAt: instant.nullable(),
  tries: z.number().int(),
  /** When it is tried next; null when it is not. */
  nextTryAt: instant.nullable(),
  /** What is sent, as it is. */
  body: z.string(),
  /** The last ten tries, the newest first. */
  attempts: z.array(
    z.object({
      at: instant,
      status: z.number().int().nullable(),
      failure: z.string().nullable(),
      durationMs: z.number(),
      answer: z.string().nullable(),
    }),
  ),
})
export type Delivery = z.infer<typeof deliverySchema>

const signingSecret = z.object({ secret: z.string().nullable(), webhook: webhookSchema })
export type RevealedWebhook = z.infer<typeof signingSecret>

const events = z.array(z.string().max(60)).min(1).max(20).transform((values) => [...new Set(values)])

export const createWebhookInput = z
  .strictObject({ kind: z.enum(WEBHOOK_KINDS), name: plainText(80), url: z.string().trim().min(1).max(2_000), events })
  .refine(({ kind, events: chosen }) => chosen.every((type) => (TYPES_OF_KIND[kind] as readonly string[]).includes(type)), {
    path: ['events'], error: 'names something that this kind is not told of',
  })

export const listWebhooks = defineRead({
  path: '/api/webhooks', output: z.object({ items: z.array(webhookSchema) }), permission,
})

export const getWebhook = defineRead({ path: '/api/webhooks/:id', params: idParams, output: webhookSchema, permission })

/** Its answer is the one place that the signing secret is ever in. */
export const createWebhook = defineWrite({
  method: 'POST', path: '/api/webhooks', body: createWebhookInput, output: signingSecret, permission, audit: 'webhook.created',
})

export const changeWebhook = defineWrite({
  method: 'PATCH',
  path: '/api/webhooks/:id',
  params: idParams,
  body: z.strictObject({ name: plainText(80).optional(), events: events.optional(), isOn: z.boolean().optional() }),
  output: webhookSchema,
  permission,
  audit: 'webhook.changed',
})

/** Makes a new signing secret, shown once; the old one signs beside it for a while. */
export const rotateWebhookSecret = defineWrite({
  method: 'POST',
  path: '/api/webhooks/:id/secret',
  params: idParams,
  body: z.strictObject({ overlapHours: z.number().int().min(0).max(MOST_SECRET_OVERLAP_HOURS) }),
  output: signingSecret,
  permission,
  audit: 'webhook.secret_rotated',
})

export const removeWebhook = defineWrite({
  method: 'DELETE', path: '/api/webhooks/:id', params: idParams, output: z.object({}), permission, audit: 'webhook.removed',
})

/** Sends something that is about nothing, to see whether it arrives. */
export const testWebhook = defineWrite({
  method: 'POST', path: '/api/webhooks/:id/test', params: idParams, output: deliverySchema, permission, audit: 'webhook.tested',
})

export const deliveryQuerySchema = z.strictObject({
  state: z.enum(DELIVERY_STATES).optional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
})
export type DeliveryQuery = z.infer<typeof deliveryQuerySchema>

export const deliveryPageSchema = z.object({
  items: z.array(deliverySchema),
  page: z.number().int(),
  hasNext: z.boolean(),
  total: z.number().int(),
})
export type DeliveryPage = z.infer<typeof deliveryPageSchema>

export const listDeliveries = defineRead({
  path: '/api/webhooks/:id/deliveries', params: idParams, query: deliveryQuerySchema, output: deliveryPageSchema, permission,
})

/** Sends the same message again, with the same id: a receiver that had it knows it. */
export const redeliver = defineWrite({
  method: 'POST',
  path: '/api/webhooks/:id/deliveries/:deliveryId/again',
  params: z.strictObject({ id: z.uuid(), deliveryId: z.uuid() }),
  output: deliverySchema,
  permission,
  audit: 'webhook.redelivered',
})
