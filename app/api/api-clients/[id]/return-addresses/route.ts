import { addReturnAddress, listReturnAddresses } from '@/contracts/return-addresses'
import { defineHandler } from '@/server/http/define-handler'
import { addReturnAddress as add } from '@/server/return-addresses/change-return-addresses'
import { listReturnAddresses as list } from '@/server/return-addresses/list-return-addresses'

export const GET = defineHandler(listReturnAddresses, ({ actor, params }) => list(actor.viewer, params.id))
export const POST = defineHandler(addReturnAddress, ({ actor, params, body }) => add(actor, params.id, body))
