import { removeIpWhitelistEntries } from '@/contracts/ip-whitelists'
import { removingEntries } from '@/server/address-lists/edits'
import { defineHandler } from '@/server/http/define-handler'
import { changeIpWhitelist } from '@/server/ip-whitelists/change-ip-whitelist'

export const POST = defineHandler(removeIpWhitelistEntries, ({ params, body, actor }) =>
  changeIpWhitelist(actor, params.id, { edit: removingEntries(body.entryIds), confirmation: body.confirmation }),
)
