import { listQuarantinedGrants } from '@/contracts/quarantined-grants'
import { defineHandler } from '@/server/http/define-handler'
import { listQuarantinedGrants as list } from '@/server/quarantined-grants/get-quarantined-grants'

export const GET = defineHandler(listQuarantinedGrants, ({ actor }) => list(actor.viewer))
