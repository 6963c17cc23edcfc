import { getLastCalls } from '@/contracts/calls'
import { getLastCalls as get } from '@/server/calls/get-last-calls'
import { defineHandler } from '@/server/http/define-handler'

export const GET = defineHandler(getLastCalls, ({ params, query, actor }) => get(actor.viewer, params.id, query.act))
