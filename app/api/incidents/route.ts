import { listIncidents, openIncident } from '@/contracts/incidents'
import { defineHandler } from '@/server/http/define-handler'
import { listIncidents as list } from '@/server/incidents/list-incidents'
import { openIncident as open } from '@/server/incidents/open-incident'

export const GET = defineHandler(listIncidents, ({ actor }) => list(actor.viewer))
export const POST = defineHandler(openIncident, ({ actor, body }) => open(actor, body))
