import { makePhoneCode } from '@/contracts/links'
import { defineHandler } from '@/server/http/define-handler'
import { renewPhoneCode } from '@/server/links/phone-code'

export const POST = defineHandler(makePhoneCode, ({ actor, params }) => renewPhoneCode(actor, params.id))
