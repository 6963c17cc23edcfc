import { revealAdminToken } from '@/contracts/admin-tokens'
import { revealAdminToken as reveal } from '@/server/admin-tokens/reveal-admin-token'
import { defineHandler } from '@/server/http/define-handler'

export const POST = defineHandler(revealAdminToken, ({ params, body, actor }) => reveal(actor, { ...params, ...body }))
