import { getLink } from '@/contracts/links'
import { defineHandler } from '@/server/http/define-handler'
import { getLink as get } from '@/server/links/get-link'

export const GET = defineHandler(getLink, ({ actor, params }) => get(actor.viewer, params.id))
