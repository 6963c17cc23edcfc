import { listOperationCauses } from '@/contracts/operations'
import { defineHandler } from '@/server/http/define-handler'
import { listOperationCauses as list } from '@/server/operations/list-causes'

export const GET = defineHandler(listOperationCauses, ({ actor }) => list(actor.viewer))
