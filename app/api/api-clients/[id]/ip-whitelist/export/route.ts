import { exportIpWhitelist } from '@/contracts/ip-whitelists'
import { exportList } from '@/server/address-lists/export-list'
import { readList } from '@/server/address-lists/read-list'
import { requireApiClient } from '@/server/api-clients/find-api-client'
import { defineHandler } from '@/server/http/define-handler'

export const GET = defineHandler(exportIpWhitelist, async ({ params, query, actor: { viewer } }) => {
  await requireApiClient(viewer, params.id)
  return exportList(await readList(viewer.organizationId, { kind: 'api_client', id: params.id }), 'ip-whitelist', query.format)
})
