import { listInventory } from '@/contracts/inventory'
import { defineHandler } from '@/server/http/define-handler'
import { listInventory as list } from '@/server/inventory/list-inventory'

export const GET = defineHandler(listInventory, ({ actor, query }) => list(actor.viewer, query))
