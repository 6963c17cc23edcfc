import { importRestriction } from '@/contracts/key-restrictions'
import { importing } from '@/server/address-lists/plan-import'
import { defineHandler } from '@/server/http/define-handler'
import { changeKeyRestriction } from '@/server/key-restrictions/change-key-restriction'

export const POST = defineHandler(importRestriction, ({ params, body: { revision, confirmation, ...wish }, actor }) =>
  changeKeyRestriction(actor, params.id, { revision, confirmation, edit: importing(wish, actor.viewer) }),
)
