import { listSessions, revokeOtherSessions } from '@/contracts/sessions'
import { defineHandler } from '@/server/http/define-handler'
import { listSessions as list } from '@/server/sessions/list-sessions'
import { revokeSessions } from '@/server/sessions/revoke-sessions'

export const GET = defineHandler(listSessions, ({ actor }) => list(actor.viewer))

export const DELETE = defineHandler(revokeOtherSessions, async ({ actor }) => {
  await revokeSessions(actor, 'others')
  return list(actor.viewer)
})
