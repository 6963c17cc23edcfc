import { getForecast } from '@/contracts/runway'
import { defineHandler } from '@/server/http/define-handler'
import * as service from '@/server/runway/get-forecast'

export const GET = defineHandler(getForecast, ({ actor }) => service.getForecast(actor.viewer))
