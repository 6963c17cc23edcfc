import { mergeIpWhitelist } from '@/contracts/ip-whitelists'
import { merging } from '@/server/address-lists/edits'
import { defineHandler } from '@/server/http/define-handler'
import { changeIpWhitelist } from '@/server/ip-whitelists/change-ip-whitelist'

export const POST = defineHandler(mergeIpWhitelist, ({ params, body: { revision }, actor }) => changeIpWhitelist(actor, params.id, { revision, edit: merging }))
