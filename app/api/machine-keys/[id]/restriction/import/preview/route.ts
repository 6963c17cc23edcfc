import { previewRestrictionImport } from '@/contracts/key-restrictions'
import { personAt } from '@/server/address-lists/list-actor'
import { previewImport } from '@/server/address-lists/preview-import'
import { defineHandler } from '@/server/http/define-handler'
import { requireMachineKey } from '@/server/machine-keys/require-machine-key'

export const POST = defineHandler(previewRestrictionImport, async ({ params, body, actor }) => {
  await requireMachineKey(actor.viewer, params.id)
  return previewImport(personAt(actor), { kind: 'machine_key', id: params.id }, body)
})
