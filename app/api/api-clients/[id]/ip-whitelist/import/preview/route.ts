import { previewIpWhitelistImport } from '@/contracts/ip-whitelists'
import { personAt } from '@/server/address-lists/list-actor'
import { previewImport } from '@/server/address-lists/preview-import'
import { defineHandler } from '@/server/http/define-handler'

export const POST = defineHandler(previewIpWhitelistImport, ({ params, body, actor }) => previewImport(personAt(actor), { kind: 'api_client', id: params.id }, body))
