import { changeWebhook, getWebhook, removeWebhook } from '@/contracts/webhooks'
import { defineHandler } from '@/server/http/define-handler'
import { changeWebhook as change } from '@/server/webhooks/change-webhook'
import { getWebhook as get } from '@/server/webhooks/list-webhooks'
import { removeWebhook as remove } from '@/server/webhooks/remove-webhook'

export const GET = defineHandler(getWebhook, ({ params, actor }) => get(actor.viewer, params.id))

export const PATCH = defineHandler(changeWebhook, ({ params, body, actor }) => change(actor, params.id, body))

export const DELETE = defineHandler(removeWebhook, ({ params, actor }) => remove(actor, params.id))
