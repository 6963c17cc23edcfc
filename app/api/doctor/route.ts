import { getDoctor } from '@/contracts/doctor'
import { getDoctor as examine } from '@/server/doctor/get-doctor'
import { defineHandler } from '@/server/http/define-handler'

export const GET = defineHandler(getDoctor, ({ actor }) => examine(actor.viewer))
