import { revokeSession } from '@/contracts/sessions'
import { defineHandler } from '@/server/http/define-handler'
import { listSessions } from '@/server/sessions/list-sessions'
import { revokeSessions } from '@/server/sessions/revoke-sessions'

export const DELETE = defineHandler(revokeSession, async ({ params, actor }) => {
  await revokeSessions(actor, params)
  return listSessions(actor.viewer)
})
