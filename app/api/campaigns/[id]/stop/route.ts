import { stopCampaign } from '@/contracts/campaigns'
import { stopCampaign as stop } from '@/server/campaigns/stop-campaign'
import { defineHandler } from '@/server/http/define-handler'

export const POST = defineHandler(stopCampaign, ({ actor, params }) => stop(actor, params.id))
