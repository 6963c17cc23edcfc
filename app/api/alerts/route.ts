import { getAlerts } from '@/contracts/alerts'
import { getAlerts as get } from '@/server/alerts/get-alerts'
import { defineHandler } from '@/server/http/define-handler'

export const GET = defineHandler(getAlerts, ({ actor }) => get(actor.viewer))
