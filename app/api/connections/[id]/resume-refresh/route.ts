import { resumeRefresh } from '@/contracts/connections'
import { resumeRefresh as resume } from '@/server/connections/pause-refresh'
import { defineHandler } from '@/server/http/define-handler'

export const POST = defineHandler(resumeRefresh, ({ actor, params }) => resume(actor, params.id))
