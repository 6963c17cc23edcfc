import { changeIpWhitelistEntry } from '@/contracts/ip-whitelists'
import { changingEntry } from '@/server/address-lists/edits'
import { defineHandler } from '@/server/http/define-handler'
import { changeIpWhitelist } from '@/server/ip-whitelists/change-ip-whitelist'

export const PATCH = defineHandler(changeIpWhitelistEntry, ({ params, body, actor }) =>
  changeIpWhitelist(actor, params.id, { edit: changingEntry(params.entryId, body), confirmation: body.confirmation }),
)
