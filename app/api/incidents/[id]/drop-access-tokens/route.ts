import { dropAccessTokens } from '@/contracts/incidents'
import { defineHandler } from '@/server/http/define-handler'
import { dropAccessTokens as drop } from '@/server/incidents/act-on-connections'

export const POST = defineHandler(dropAccessTokens, ({ actor, params, body }) => drop(actor, params.id, body))
