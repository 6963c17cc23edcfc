import { verifyIpWhitelist } from '@/contracts/ip-whitelists'
import { defineHandler } from '@/server/http/define-handler'
import { verifyIpWhitelist as verify } from '@/server/ip-whitelists/verify-ip-whitelist'

export const POST = defineHandler(verifyIpWhitelist, ({ params, body, actor }) => verify(actor, params.id, body.propertyId))
