import { liftFreeze } from '@/contracts/freezes'
import { liftFreeze as lift } from '@/server/freezes/lift-freeze'
import { defineHandler } from '@/server/http/define-handler'

export const POST = defineHandler(liftFreeze, ({ actor, params, body }) => lift(actor, params.id, body.reason))
