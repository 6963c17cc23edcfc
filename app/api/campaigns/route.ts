import { listCampaigns, startCampaign } from '@/contracts/campaigns'
import { listCampaigns as list } from '@/server/campaigns/list-campaigns'
import { startCampaign as start } from '@/server/campaigns/start-campaign'
import { defineHandler } from '@/server/http/define-handler'

export const GET = defineHandler(listCampaigns, ({ actor, query }) => list(actor.viewer, query))

export const POST = defineHandler(startCampaign, ({ actor, body }) => start(actor, body))
