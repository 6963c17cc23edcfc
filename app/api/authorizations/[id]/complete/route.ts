import { completeAuthorization } from '@/contracts/authorizations'
import { completeFromPaste } from '@/server/authorizations/complete-from-paste'
import { defineHandler } from '@/server/http/define-handler'

export const POST = defineHandler(completeAuthorization, ({ params, body, actor }) => completeFromPaste(actor, params.id, body))
