import { acceptInvitation } from '@/contracts/invitations'
import { definePublicHandler } from '@/server/http/define-handler'
import { acceptInvitation as accept } from '@/server/invitations/accept-invitation'

export const POST = definePublicHandler(acceptInvitation, ({ body, context }) => accept(body, context))
