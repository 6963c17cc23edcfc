import { testWebhook } from '@/contracts/webhooks'
import { defineHandler } from '@/server/http/define-handler'
import { testWebhook as test } from '@/server/webhooks/test-webhook'

export const POST = defineHandler(testWebhook, ({ params, actor }) => test(actor, params.id))
