import { replayRestriction } from '@/contracts/key-restrictions'
import { defineHandler } from '@/server/http/define-handler'
import { replay } from '@/server/key-restrictions/replay'
import { requireMachineKey } from '@/server/machine-keys/require-machine-key'

export const POST = defineHandler(replayRestriction, async ({ params, body, actor: { viewer } }) => {
  await requireMachineKey(viewer, params.id)
  return replay(viewer.organizationId, params.id, body.blocks)
})
