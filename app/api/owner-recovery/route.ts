import { recoverOwner } from '@/contracts/invitations'
import { definePublicHandler } from '@/server/http/define-handler'
import { recoverOwner as recover } from '@/server/owner-recovery/recover-owner'

export const POST = definePublicHandler(recoverOwner, ({ body, context }) => recover(body, context))
