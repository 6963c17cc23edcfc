import { listHandOutAddresses } from '@/contracts/hand-outs'
import { listAddresses } from '@/server/hand-outs/list-addresses'
import { defineHandler } from '@/server/http/define-handler'

export const GET = defineHandler(listHandOutAddresses, ({ params, actor }) => listAddresses(actor.viewer, params.id))
