import { changeLinkSettings, getLinkSettings } from '@/contracts/links'
import { defineHandler } from '@/server/http/define-handler'
import { changeLinkSettings as change, getLinkSettings as get } from '@/server/links/link-settings'

export const GET = defineHandler(getLinkSettings, ({ actor }) => get(actor.viewer))
export const PATCH = defineHandler(changeLinkSettings, ({ actor, body }) => change(actor, body))
