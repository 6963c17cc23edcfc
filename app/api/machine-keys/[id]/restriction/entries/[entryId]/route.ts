import { changeRestrictionEntry } from '@/contracts/key-restrictions'
import { changingEntry } from '@/server/address-lists/edits'
import { defineHandler } from '@/server/http/define-handler'
import { changeKeyRestriction } from '@/server/key-restrictions/change-key-restriction'

export const PATCH = defineHandler(changeRestrictionEntry, ({ params, body, actor }) =>
  changeKeyRestriction(actor, params.id, { edit: changingEntry(params.entryId, body), confirmation: body.confirmation }),
)
