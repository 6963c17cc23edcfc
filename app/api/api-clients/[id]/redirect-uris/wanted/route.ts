import { wantRedirectUri } from '@/contracts/redirect-uris'
import { defineHandler } from '@/server/http/define-handler'
import { wantRedirectUri as want } from '@/server/redirect-uris/want-redirect-uri'

export const POST = defineHandler(wantRedirectUri, ({ params, body, actor }) => want(actor, params.id, body))
