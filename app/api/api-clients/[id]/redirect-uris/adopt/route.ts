import { adoptRedirectUris } from '@/contracts/redirect-uris'
import { defineHandler } from '@/server/http/define-handler'
import { adoptRedirectUris as adopt } from '@/server/redirect-uris/adopt-redirect-uris'

export const POST = defineHandler(adoptRedirectUris, ({ params, actor }) => adopt(actor, params.id))
