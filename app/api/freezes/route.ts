import { listFreezes, placeFreeze } from '@/contracts/freezes'
import { listFreezes as list } from '@/server/freezes/list-freezes'
import { placeFreeze as place } from '@/server/freezes/place-freeze'
import { defineHandler } from '@/server/http/define-handler'

export const GET = defineHandler(listFreezes, ({ actor }) => list(actor.viewer))
export const POST = defineHandler(placeFreeze, ({ actor, body }) => place(actor, body))
