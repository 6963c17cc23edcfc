import { revokeLink } from '@/contracts/links'
import { defineHandler } from '@/server/http/define-handler'
import { revokeLink as revoke } from '@/server/links/revoke-link'

export const POST = defineHandler(revokeLink, ({ actor, params }) => revoke(actor, params.id))
