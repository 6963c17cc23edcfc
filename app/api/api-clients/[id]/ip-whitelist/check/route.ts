import { checkIpWhitelist } from '@/contracts/ip-whitelists'
import { checkAddress } from '@/server/address-lists/check-address'
import { readList } from '@/server/address-lists/read-list'
import { requireApiClient } from '@/server/api-clients/find-api-client'
import { defineHandler } from '@/server/http/define-handler'

export const GET = defineHandler(checkIpWhitelist, async ({ params, query, actor: { viewer } }) => {
  await requireApiClient(viewer, params.id)
  return checkAddress(await readList(viewer.organizationId, { kind: 'api_client', id: params.id }), query.address)
})
