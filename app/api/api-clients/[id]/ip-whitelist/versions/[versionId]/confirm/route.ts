import { confirmIpWhitelist } from '@/contracts/ip-whitelists'
import { defineHandler } from '@/server/http/define-handler'
import { confirmIpWhitelist as confirm } from '@/server/ip-whitelists/confirm-ip-whitelist'

export const POST = defineHandler(confirmIpWhitelist, ({ params, body, actor }) => confirm(actor, { ...params, ...body }))
