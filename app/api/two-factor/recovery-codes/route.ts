import { renewRecoveryCodes } from '@/contracts/two-factor'
import { defineHandler } from '@/server/http/define-handler'
import { renewRecoveryCodes as renew } from '@/server/two-factor/renew-recovery-codes'

export const POST = defineHandler(renewRecoveryCodes, ({ body, actor }) => renew(actor, body.password))
