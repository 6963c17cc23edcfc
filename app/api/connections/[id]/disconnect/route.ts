import { disconnectConnection } from '@/contracts/connections'
import { disconnectConnection as disconnect } from '@/server/connections/disconnect-connection'
import { defineHandler } from '@/server/http/define-handler'

export const POST = defineHandler(disconnectConnection, ({ params, actor }) => disconnect(actor, params.id))
