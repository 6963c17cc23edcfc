import { undoRedirectUriWrite } from '@/contracts/redirect-uris'
import { defineHandler } from '@/server/http/define-handler'
import { undoRedirectUriWrite as undo } from '@/server/redirect-uris/undo-redirect-uri-write'

export const POST = defineHandler(undoRedirectUriWrite, ({ params, body, actor }) => undo(actor, { ...params, ...body }))
