import { getAuthorization } from '@/contracts/authorizations'
import { getAuthorization as get } from '@/server/authorizations/get-authorization'
import { defineHandler } from '@/server/http/define-handler'

export const GET = defineHandler(getAuthorization, ({ params, actor }) => get(actor.viewer, params.id))
