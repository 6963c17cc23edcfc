import { importIpWhitelist } from '@/contracts/ip-whitelists'
import { importing } from '@/server/address-lists/plan-import'
import { defineHandler } from '@/server/http/define-handler'
import { changeIpWhitelist } from '@/server/ip-whitelists/change-ip-whitelist'

export const POST = defineHandler(importIpWhitelist, ({ params, body: { revision, confirmation, ...wish }, actor }) =>
  changeIpWhitelist(actor, params.id, { revision, confirmation, edit: importing(wish, actor.viewer) }),
)
