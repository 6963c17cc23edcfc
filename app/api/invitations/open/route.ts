import { openInvitation } from '@/contracts/invitations'
import { definePublicHandler } from '@/server/http/define-handler'
import { openInvitation as open } from '@/server/invitations/open-invitation'

export const POST = definePublicHandler(openInvitation, ({ body, context }) => open(body.token, context))
