import { confirmTwoFactor } from '@/contracts/two-factor'
import { defineHandler } from '@/server/http/define-handler'
import { confirmTwoFactor as confirm } from '@/server/two-factor/confirm-two-factor'

export const POST = defineHandler(confirmTwoFactor, ({ body, actor }) => confirm(actor, body.code))
