import { requestIpWhitelist } from '@/contracts/ip-whitelists'
import { defineHandler } from '@/server/http/define-handler'
import { requestIpWhitelist as request } from '@/server/ip-whitelists/request-ip-whitelist'

export const POST = defineHandler(requestIpWhitelist, ({ params, body, actor }) => request(actor, params.id, body.revision))
