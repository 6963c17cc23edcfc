import { orderRestriction } from '@/contracts/key-restrictions'
import { ordering } from '@/server/address-lists/edits'
import { defineHandler } from '@/server/http/define-handler'
import { changeKeyRestriction } from '@/server/key-restrictions/change-key-restriction'

export const POST = defineHandler(orderRestriction, ({ params, body, actor }) => changeKeyRestriction(actor, params.id, { edit: ordering(body.entryIds) }))
