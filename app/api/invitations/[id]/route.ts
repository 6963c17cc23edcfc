import { revokeInvitation } from '@/contracts/invitations'
import { defineHandler } from '@/server/http/define-handler'
import { revokeInvitation as revoke } from '@/server/invitations/revoke-invitation'

export const DELETE = defineHandler(revokeInvitation, ({ params, actor }) => revoke(actor, params.id))
