import { makeRecipientCode } from '@/contracts/campaigns'
import { makeRecipientCode as make } from '@/server/campaigns/make-recipient-code'
import { defineHandler } from '@/server/http/define-handler'

export const POST = defineHandler(makeRecipientCode, ({ actor, params }) => make(actor, params))
