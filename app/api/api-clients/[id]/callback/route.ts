import { registerCallback } from '@/contracts/api-clients'
import { registerCallback as register } from '@/server/api-clients/register-callback'
import { defineHandler } from '@/server/http/define-handler'

export const POST = defineHandler(registerCallback, ({ params, actor }) => register(actor, params.id))
