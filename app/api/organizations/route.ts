import { createOrganization } from '@/contracts/organizations'
import { defineHandler } from '@/server/http/define-handler'
import { createOrganization as create } from '@/server/organizations/create-organization'

export const POST = defineHandler(createOrganization, ({ body, actor }) => create(actor, body.name))
