import { connectQuarantinedGrant } from '@/contracts/quarantined-grants'
import { defineHandler } from '@/server/http/define-handler'
import { connectQuarantined } from '@/server/quarantined-grants/decide-quarantined'

export const POST = defineHandler(connectQuarantinedGrant, ({ actor, params }) => connectQuarantined(actor, params.id))
