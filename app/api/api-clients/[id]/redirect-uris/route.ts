import { getRedirectUris } from '@/contracts/redirect-uris'
import { defineHandler } from '@/server/http/define-handler'
import { getRedirectUris as get } from '@/server/redirect-uris/get-redirect-uris'

export const GET = defineHandler(getRedirectUris, ({ params, actor }) => get(actor.viewer, params.id))
