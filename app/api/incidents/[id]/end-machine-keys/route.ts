import { endMachineKeys } from '@/contracts/incidents'
import { defineHandler } from '@/server/http/define-handler'
import { endMachineKeys as end } from '@/server/incidents/act-in-incident'

export const POST = defineHandler(endMachineKeys, ({ actor, params, body }) => end(actor, params.id, body.password))
