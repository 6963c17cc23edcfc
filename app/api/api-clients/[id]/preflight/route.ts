import { preflightApiClient } from '@/contracts/api-clients'
import { preflightApiClient as preflight } from '@/server/api-clients/preflight'
import { defineHandler } from '@/server/http/define-handler'

export const POST = defineHandler(preflightApiClient, ({ params, actor }) => preflight(actor, params.id))
