import { testAdminToken } from '@/contracts/admin-tokens'
import { testAdminToken as test } from '@/server/admin-tokens/test-admin-token'
import { defineHandler } from '@/server/http/define-handler'

export const POST = defineHandler(testAdminToken, ({ params, actor }) => test(actor, params))
