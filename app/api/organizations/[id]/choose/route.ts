import { chooseOrganization } from '@/contracts/organizations'
import { defineHandler } from '@/server/http/define-handler'
import { chooseOrganization as choose } from '@/server/organizations/choose-organization'

export const POST = defineHandler(chooseOrganization, ({ params, actor }) => choose(actor, params.id))
