import { getOperation } from '@/contracts/operations'
import { defineHandler } from '@/server/http/define-handler'
import { getOperation as get } from '@/server/operations/get-operation'

export const GET = defineHandler(getOperation, ({ params, actor }) => get(actor.viewer, params.id))
