import { eraseQuarantinedGrant } from '@/contracts/quarantined-grants'
import { defineHandler } from '@/server/http/define-handler'
import { eraseQuarantined } from '@/server/quarantined-grants/decide-quarantined'

export const POST = defineHandler(eraseQuarantinedGrant, ({ actor, params }) => eraseQuarantined(actor, params.id))
