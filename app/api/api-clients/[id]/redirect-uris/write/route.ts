import { writeRedirectUris } from '@/contracts/redirect-uris'
import { defineHandler } from '@/server/http/define-handler'
import { writeRedirectUris as write } from '@/server/redirect-uris/write-redirect-uris'

export const POST = defineHandler(writeRedirectUris, ({ params, body, actor }) => write(actor, params.id, body))
