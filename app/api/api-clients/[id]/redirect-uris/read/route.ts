import { readRedirectUris } from '@/contracts/redirect-uris'
import { defineHandler } from '@/server/http/define-handler'
import { readRedirectUris as read } from '@/server/redirect-uris/read-redirect-uris'

export const POST = defineHandler(readRedirectUris, ({ params, actor }) => read(actor, params.id))
