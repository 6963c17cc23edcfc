import { thawInIncident } from '@/contracts/incidents'
import { defineHandler } from '@/server/http/define-handler'
import { thawInIncident as thaw } from '@/server/incidents/act-in-incident'

export const POST = defineHandler(thawInIncident, ({ actor, params, body }) => thaw(actor, params.id, body))
