import { checkRestriction } from '@/contracts/key-restrictions'
import { checkAddress } from '@/server/address-lists/check-address'
import { readList } from '@/server/address-lists/read-list'
import { defineHandler } from '@/server/http/define-handler'
import { requireMachineKey } from '@/server/machine-keys/require-machine-key'

export const GET = defineHandler(checkRestriction, async ({ params, query, actor: { viewer } }) => {
  await requireMachineKey(viewer, params.id)
  return checkAddress(await readList(viewer.organizationId, { kind: 'machine_key', id: params.id }), query.address)
})
