import { previewIpWhitelistImport } from '@/contracts/ip-whitelists'
import { personAt } from '@/server/address-lists/list-actor'
import { previewImport } from '@/server/address-lists/preview-import'
import { requireApiClient } from '@/server/api-clients/find-api-client'
import { defineHandler } from '@/server/http/define-handler'

export const POST = defineHandler(previewIpWhitelistImport, async ({ params, body, actor }) => {
  await requireApiClient(actor.viewer, params.id)
  return previewImport(personAt(actor), { kind: 'api_client', id: params.id }, body)
})
