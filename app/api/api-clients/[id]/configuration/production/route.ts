import { switchToProduction } from '@/contracts/api-configuration'
import { switchToProduction as flip } from '@/server/api-configuration/switch-to-production'
import { defineHandler } from '@/server/http/define-handler'

export const POST = defineHandler(switchToProduction, ({ params, body, actor }) => flip(actor, params.id, body))
