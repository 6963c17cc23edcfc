import { createConnectLink } from '@/contracts/links'
import { defineHandler } from '@/server/http/define-handler'
import { createConnectLink as create } from '@/server/links/create-connect-link'

export const POST = defineHandler(createConnectLink, ({ actor, body }) => create(actor, body))
