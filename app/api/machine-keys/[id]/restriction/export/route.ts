import { exportRestriction } from '@/contracts/key-restrictions'
import { exportList } from '@/server/address-lists/export-list'
import { readList } from '@/server/address-lists/read-list'
import { defineHandler } from '@/server/http/define-handler'
import { requireMachineKey } from '@/server/machine-keys/require-machine-key'

export const GET = defineHandler(exportRestriction, async ({ params, query, actor: { viewer } }) => {
  await requireMachineKey(viewer, params.id)
  return exportList(await readList(viewer.organizationId, { kind: 'machine_key', id: params.id }), 'key-restriction', query.format)
})
