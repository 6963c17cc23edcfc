import { addRestrictionEntry } from '@/contracts/key-restrictions'
import { addingEntry } from '@/server/address-lists/edits'
import { defineHandler } from '@/server/http/define-handler'
import { changeKeyRestriction } from '@/server/key-restrictions/change-key-restriction'

export const POST = defineHandler(addRestrictionEntry, ({ params, body, actor }) =>
  changeKeyRestriction(actor, params.id, { edit: addingEntry(actor.viewer, body), confirmation: body.confirmation }),
)
