import { checkCampaign } from '@/contracts/campaigns'
import { checkCampaign as check } from '@/server/campaigns/start-campaign'
import { defineHandler } from '@/server/http/define-handler'

export const POST = defineHandler(checkCampaign, ({ actor, body }) => check(actor.viewer, body.selection))
