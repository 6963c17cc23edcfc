import { getConnection } from '@/contracts/connections'
import { getConnection as get } from '@/server/connections/get-connection'
import { defineHandler } from '@/server/http/define-handler'

export const GET = defineHandler(getConnection, ({ params, actor }) => get(actor.viewer, params.id))
