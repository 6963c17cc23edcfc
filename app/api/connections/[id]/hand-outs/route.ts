import { listTakers } from '@/contracts/hand-outs'
import { listTakers as list } from '@/server/hand-outs/list-takers'
import { defineHandler } from '@/server/http/define-handler'

export const GET = defineHandler(listTakers, ({ params, actor }) => list(actor.viewer, params.id))
