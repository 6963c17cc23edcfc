import { getQuarantinedGrant } from '@/contracts/quarantined-grants'
import { defineHandler } from '@/server/http/define-handler'
import { getQuarantinedGrant as get } from '@/server/quarantined-grants/get-quarantined-grants'

export const GET = defineHandler(getQuarantinedGrant, ({ actor, params }) => get(actor.viewer, params.id))
