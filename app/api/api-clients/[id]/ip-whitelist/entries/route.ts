import { addIpWhitelistEntry } from '@/contracts/ip-whitelists'
import { addingEntry } from '@/server/address-lists/edits'
import { defineHandler } from '@/server/http/define-handler'
import { changeIpWhitelist } from '@/server/ip-whitelists/change-ip-whitelist'

export const POST = defineHandler(addIpWhitelistEntry, ({ params, body, actor }) =>
  changeIpWhitelist(actor, params.id, { edit: addingEntry(actor.viewer, body), confirmation: body.confirmation }),
)
