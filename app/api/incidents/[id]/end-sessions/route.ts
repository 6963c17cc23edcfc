import { endAllSessions } from '@/contracts/incidents'
import { defineHandler } from '@/server/http/define-handler'
import { endAllSessions as end } from '@/server/incidents/act-in-incident'

export const POST = defineHandler(endAllSessions, ({ actor, params, body }) => end(actor, params.id, body))
