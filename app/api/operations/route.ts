import { listOperations } from '@/contracts/operations'
import { defineHandler } from '@/server/http/define-handler'
import { listOperations as list } from '@/server/operations/list-operations'

export const GET = defineHandler(listOperations, ({ query, actor }) => list(actor.viewer, query))
