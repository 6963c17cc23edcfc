import { getIpWhitelist } from '@/contracts/ip-whitelists'
import { personAt } from '@/server/address-lists/list-actor'
import { defineHandler } from '@/server/http/define-handler'
import { getIpWhitelist as get } from '@/server/ip-whitelists/get-ip-whitelist'

export const GET = defineHandler(getIpWhitelist, ({ params, actor }) => get(personAt(actor), params.id))
