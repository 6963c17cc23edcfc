import { listAudit } from '@/contracts/audit'
import { listAudit as list } from '@/server/audit/list-audit'
import { defineHandler } from '@/server/http/define-handler'

export const GET = defineHandler(listAudit, ({ query, actor }) => list(actor.viewer, query))
