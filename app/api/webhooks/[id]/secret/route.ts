import { rotateWebhookSecret } from '@/contracts/webhooks'
import { defineHandler } from '@/server/http/define-handler'
import { rotateWebhookSecret as rotate } from '@/server/webhooks/rotate-webhook-secret'

export const POST = defineHandler(rotateWebhookSecret, ({ params, body, actor }) => rotate(actor, params.id, body))
