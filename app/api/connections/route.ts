import { listConnections } from '@/contracts/connections'
import { listConnections as list } from '@/server/connections/list-connections'
import { defineHandler } from '@/server/http/define-handler'

export const GET = defineHandler(listConnections, ({ query, actor }) => list(actor.viewer, query))
