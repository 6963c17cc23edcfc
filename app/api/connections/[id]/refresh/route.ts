import { refreshConnection } from '@/contracts/connections'
import { refreshConnection as refresh } from '@/server/connections/refresh-connection'
import { defineHandler } from '@/server/http/define-handler'

export const POST = defineHandler(refreshConnection, ({ params, actor }) => refresh(actor, params.id))
