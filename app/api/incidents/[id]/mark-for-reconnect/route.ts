import { markForReconnect } from '@/contracts/incidents'
import { defineHandler } from '@/server/http/define-handler'
import { markForReconnect as mark } from '@/server/incidents/act-on-connections'

export const POST = defineHandler(markForReconnect, ({ actor, params, body }) => mark(actor, params.id, body))
