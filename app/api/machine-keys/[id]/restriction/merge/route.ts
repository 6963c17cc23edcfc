import { mergeRestriction } from '@/contracts/key-restrictions'
import { merging } from '@/server/address-lists/edits'
import { defineHandler } from '@/server/http/define-handler'
import { changeKeyRestriction } from '@/server/key-restrictions/change-key-restriction'

export const POST = defineHandler(mergeRestriction, ({ params, body: { revision }, actor }) => changeKeyRestriction(actor, params.id, { revision, edit: merging }))
