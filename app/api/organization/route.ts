import { changeOrganization, getOrganization } from '@/contracts/organizations'
import { defineHandler } from '@/server/http/define-handler'
import { changeOrganization as change } from '@/server/organizations/change-organization'
import { getOrganization as get } from '@/server/organizations/get-organization'

export const GET = defineHandler(getOrganization, ({ actor }) => get(actor.viewer))

export const PATCH = defineHandler(changeOrganization, ({ body, actor }) => change(actor, body))
