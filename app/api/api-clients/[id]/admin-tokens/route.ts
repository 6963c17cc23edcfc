import { listAdminTokens } from '@/contracts/admin-tokens'
import { listAdminTokens as list } from '@/server/admin-tokens/list-admin-tokens'
import { defineHandler } from '@/server/http/define-handler'

export const GET = defineHandler(listAdminTokens, ({ params, actor }) => list(actor.viewer, params.id))
