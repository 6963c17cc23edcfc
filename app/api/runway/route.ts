import { getRunway } from '@/contracts/runway'
import { defineHandler } from '@/server/http/define-handler'
import * as service from '@/server/runway/get-runway'

export const GET = defineHandler(getRunway, ({ actor }) => service.getRunway(actor.viewer))
