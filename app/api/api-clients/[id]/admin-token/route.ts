import { obtainAdminToken } from '@/contracts/api-clients'
import { obtainAdminToken as obtain } from '@/server/api-clients/obtain-admin-token'
import { defineHandler } from '@/server/http/define-handler'

export const POST = defineHandler(obtainAdminToken, ({ params, actor }) => obtain(actor, params.id))
