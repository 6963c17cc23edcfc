import { exportPhoneList } from '@/contracts/campaigns'
import { exportPhoneList as exportList } from '@/server/campaigns/get-phone-list'
import { defineHandler } from '@/server/http/define-handler'

export const GET = defineHandler(exportPhoneList, ({ actor, params }) => exportList(actor.viewer, params.id))
