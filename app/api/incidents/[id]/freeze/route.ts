import { freezeInIncident } from '@/contracts/incidents'
import { defineHandler } from '@/server/http/define-handler'
import { freezeInIncident as freeze } from '@/server/incidents/act-in-incident'

export const POST = defineHandler(freezeInIncident, ({ actor, params }) => freeze(actor, params.id))
