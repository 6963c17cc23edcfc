import { orderIpWhitelist } from '@/contracts/ip-whitelists'
import { ordering } from '@/server/address-lists/edits'
import { defineHandler } from '@/server/http/define-handler'
import { changeIpWhitelist } from '@/server/ip-whitelists/change-ip-whitelist'

export const POST = defineHandler(orderIpWhitelist, ({ params, body, actor }) => changeIpWhitelist(actor, params.id, { edit: ordering(body.entryIds) }))
