import { createReconnectLinks } from '@/contracts/links'
import { defineHandler } from '@/server/http/define-handler'
import { createReconnectLinks as create } from '@/server/links/create-reconnect-links'

export const POST = defineHandler(createReconnectLinks, ({ actor, body }) => create(actor, body))
