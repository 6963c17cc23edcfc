import { endPersonSessions } from '@/contracts/people'
import { defineHandler } from '@/server/http/define-handler'
import { endPersonSessions as end } from '@/server/people/end-person-sessions'

export const DELETE = defineHandler(endPersonSessions, ({ params, actor }) => end(actor, params.id, 'all'))
