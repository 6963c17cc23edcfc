import { removeRestrictionEntries } from '@/contracts/key-restrictions'
import { removingEntries } from '@/server/address-lists/edits'
import { defineHandler } from '@/server/http/define-handler'
import { changeKeyRestriction } from '@/server/key-restrictions/change-key-restriction'

export const POST = defineHandler(removeRestrictionEntries, ({ params, body, actor }) =>
  changeKeyRestriction(actor, params.id, { edit: removingEntries(body.entryIds), confirmation: body.confirmation }),
)
