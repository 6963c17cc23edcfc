import { listApiClients, registerApiClient } from '@/contracts/api-clients'
import { listApiClients as list } from '@/server/api-clients/list-api-clients'
import { registerApiClient as register } from '@/server/api-clients/register-api-client'
import { defineHandler } from '@/server/http/define-handler'

export const GET = defineHandler(listApiClients, ({ actor }) => list(actor.viewer))

export const POST = defineHandler(registerApiClient, ({ body, actor }) => register(actor, body))
