import { createWebhook, listWebhooks } from '@/contracts/webhooks'
import { defineHandler } from '@/server/http/define-handler'
import { createWebhook as create } from '@/server/webhooks/create-webhook'
import { listWebhooks as list } from '@/server/webhooks/list-webhooks'

export const GET = defineHandler(listWebhooks, ({ actor }) => list(actor.viewer))

export const POST = defineHandler(createWebhook, ({ body, actor }) => create(actor, body))
