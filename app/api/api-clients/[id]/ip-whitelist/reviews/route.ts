import { reviewIpWhitelist } from '@/contracts/ip-whitelists'
import { personAt } from '@/server/address-lists/list-actor'
import { reviewEntries } from '@/server/address-lists/review-entries'
import { defineHandler } from '@/server/http/define-handler'
import { getIpWhitelist as get } from '@/server/ip-whitelists/get-ip-whitelist'

export const POST = defineHandler(reviewIpWhitelist, async ({ params, body, actor }) => {
  await reviewEntries(personAt(actor), { kind: 'api_client', id: params.id }, body.entryIds)
  return get(personAt(actor), params.id)
})
