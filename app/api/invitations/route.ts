import { createInvitation } from '@/contracts/invitations'
import { defineHandler } from '@/server/http/define-handler'
import { createInvitation as create } from '@/server/invitations/create-invitation'

export const POST = defineHandler(createInvitation, ({ body, actor }) => create(actor, body))
