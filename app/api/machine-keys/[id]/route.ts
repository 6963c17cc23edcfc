import { getMachineKey, revokeMachineKey } from '@/contracts/machine-keys'
import { defineHandler } from '@/server/http/define-handler'
import { getMachineKey as get } from '@/server/machine-keys/get-machine-key'
import { revokeMachineKey as revoke } from '@/server/machine-keys/revoke-machine-key'

export const GET = defineHandler(getMachineKey, ({ params, actor }) => get(actor.viewer, params.id))

export const DELETE = defineHandler(revokeMachineKey, ({ params, actor }) => revoke(actor, params.id))
