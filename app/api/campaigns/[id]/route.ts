import { getCampaign } from '@/contracts/campaigns'
import { getCampaign as get } from '@/server/campaigns/get-campaign'
import { defineHandler } from '@/server/http/define-handler'

export const GET = defineHandler(getCampaign, ({ actor, params }) => get(actor.viewer, params.id))
