import { getIncident } from '@/contracts/incidents'
import { defineHandler } from '@/server/http/define-handler'
import { getIncident as get } from '@/server/incidents/get-incident'

export const GET = defineHandler(getIncident, ({ actor, params }) => get(actor.viewer, params.id))
