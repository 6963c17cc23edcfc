import { closeIncident } from '@/contracts/incidents'
import { defineHandler } from '@/server/http/define-handler'
import { closeIncident as close } from '@/server/incidents/close-incident'

export const POST = defineHandler(closeIncident, ({ actor, params }) => close(actor, params.id))
