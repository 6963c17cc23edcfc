import { verifyAudit } from '@/contracts/audit'
import { verifyAudit as verify } from '@/server/audit/verify-audit'
import { defineHandler } from '@/server/http/define-handler'

export const GET = defineHandler(verifyAudit, ({ actor }) => verify(actor.viewer))
