import { listRecipients } from '@/contracts/campaigns'
import { listRecipients as list } from '@/server/campaigns/list-recipients'
import { defineHandler } from '@/server/http/define-handler'

export const GET = defineHandler(listRecipients, ({ actor, params, query }) => list(actor.viewer, params.id, query))
