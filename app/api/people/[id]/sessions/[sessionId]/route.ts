import { endPersonSession } from '@/contracts/people'
import { defineHandler } from '@/server/http/define-handler'
import { endPersonSessions } from '@/server/people/end-person-sessions'

export const DELETE = defineHandler(endPersonSession, ({ params, actor }) => endPersonSessions(actor, params.id, params))
