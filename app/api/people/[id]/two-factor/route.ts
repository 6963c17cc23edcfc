import { resetPersonTwoFactor } from '@/contracts/people'
import { defineHandler } from '@/server/http/define-handler'
import { resetTwoFactor } from '@/server/people/reset-two-factor'

export const DELETE = defineHandler(resetPersonTwoFactor, ({ params, body, actor }) => resetTwoFactor(actor, params.id, body.password))
