import { exportInventory } from '@/contracts/inventory'
import { defineDownload } from '@/server/http/define-handler'
import { exportInventory as run } from '@/server/inventory/export-inventory'

export const GET = defineDownload(exportInventory, ({ actor }) => run(actor))
