import { createMachineKey, listMachineKeys } from '@/contracts/machine-keys'
import { defineHandler } from '@/server/http/define-handler'
import { createMachineKey as create } from '@/server/machine-keys/create-machine-key'
import { listMachineKeys as list } from '@/server/machine-keys/list-machine-keys'

export const GET = defineHandler(listMachineKeys, ({ query, actor }) => list(actor.viewer, query))

export const POST = defineHandler(createMachineKey, ({ body, actor }) => create(actor, body))
