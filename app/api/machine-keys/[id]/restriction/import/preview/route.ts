import { previewRestrictionImport } from '@/contracts/key-restrictions'
import { personAt } from '@/server/address-lists/list-actor'
import { previewImport } from '@/server/address-lists/preview-import'
import { defineHandler } from '@/server/http/define-handler'

export const POST = defineHandler(previewRestrictionImport, ({ params, body, actor }) => previewImport(personAt(actor), { kind: 'machine_key', id: params.id }, body))
