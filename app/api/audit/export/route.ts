import { exportAudit } from '@/contracts/audit'
import { exportAudit as run } from '@/server/audit/export-audit'
import { defineDownload } from '@/server/http/define-handler'

export const GET = defineDownload(exportAudit, ({ query, actor }) => run(actor, query))
