import { reviewRestriction } from '@/contracts/key-restrictions'
import { personAt } from '@/server/address-lists/list-actor'
import { reviewEntries } from '@/server/address-lists/review-entries'
import { defineHandler } from '@/server/http/define-handler'
import { getKeyRestriction as get } from '@/server/key-restrictions/get-key-restriction'

export const POST = defineHandler(reviewRestriction, async ({ params, body, actor }) => {
  await reviewEntries(personAt(actor), { kind: 'machine_key', id: params.id }, body.entryIds)
  return get(personAt(actor), params.id)
})
