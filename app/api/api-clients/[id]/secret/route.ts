import { rotateClientSecret } from '@/contracts/api-clients'
import { rotateClientSecret as rotate } from '@/server/api-clients/rotate-client-secret'
import { defineHandler } from '@/server/http/define-handler'

export const POST = defineHandler(rotateClientSecret, ({ params, body, actor }) => rotate(actor, params.id, body))
