import { getPhoneList } from '@/contracts/campaigns'
import { getPhoneList as get } from '@/server/campaigns/get-phone-list'
import { defineHandler } from '@/server/http/define-handler'

export const GET = defineHandler(getPhoneList, ({ actor, params }) => get(actor.viewer, params.id))
