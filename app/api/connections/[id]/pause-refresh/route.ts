import { pauseRefresh } from '@/contracts/connections'
import { pauseRefresh as pause } from '@/server/connections/pause-refresh'
import { defineHandler } from '@/server/http/define-handler'

export const POST = defineHandler(pauseRefresh, ({ actor, params, body }) => pause(actor, params.id, body.reason))
