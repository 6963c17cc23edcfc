import { redeliver } from '@/contracts/webhooks'
import { defineHandler } from '@/server/http/define-handler'
import { redeliver as again } from '@/server/webhooks/redeliver'

export const POST = defineHandler(redeliver, ({ params, actor }) => again(actor, params.id, params.deliveryId))
