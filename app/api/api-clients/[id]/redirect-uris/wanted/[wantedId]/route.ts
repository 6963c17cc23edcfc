import { unwantRedirectUri } from '@/contracts/redirect-uris'
import { defineHandler } from '@/server/http/define-handler'
import { unwantRedirectUri as unwant } from '@/server/redirect-uris/unwant-redirect-uri'

export const DELETE = defineHandler(unwantRedirectUri, ({ params, actor }) => unwant(actor, params))
