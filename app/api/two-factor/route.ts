import { beginTwoFactor, disableTwoFactor, getTwoFactor } from '@/contracts/two-factor'
import { defineHandler } from '@/server/http/define-handler'
import { beginTwoFactor as begin } from '@/server/two-factor/begin-two-factor'
import { disableTwoFactor as disable } from '@/server/two-factor/disable-two-factor'
import { getTwoFactor as get } from '@/server/two-factor/get-two-factor'

export const GET = defineHandler(getTwoFactor, ({ actor }) => get(actor.viewer))

export const POST = defineHandler(beginTwoFactor, ({ body, actor }) => begin(actor, body.password))

export const DELETE = defineHandler(disableTwoFactor, ({ body, actor }) => disable(actor, body.password))
