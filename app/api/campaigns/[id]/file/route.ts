import { takeCampaignFile } from '@/contracts/campaigns'
import { takeCampaignFile as take } from '@/server/campaigns/take-campaign-file'
import { defineHandler } from '@/server/http/define-handler'

export const POST = defineHandler(takeCampaignFile, ({ actor, params }) => take(actor, params.id))
