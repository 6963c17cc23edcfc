import { rotateMachineKey } from '@/contracts/machine-keys'
import { defineHandler } from '@/server/http/define-handler'
import { rotateMachineKey as rotate } from '@/server/machine-keys/rotate-machine-key'

export const POST = defineHandler(rotateMachineKey, ({ params, body, actor }) => rotate(actor, params.id, body))
