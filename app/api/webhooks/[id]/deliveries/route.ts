import { listDeliveries } from '@/contracts/webhooks'
import { defineHandler } from '@/server/http/define-handler'
import { listDeliveries as list } from '@/server/webhooks/list-deliveries'

export const GET = defineHandler(listDeliveries, ({ params, query, actor }) => list(actor.viewer, params.id, query))
