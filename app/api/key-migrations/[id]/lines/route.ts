import { listKeyLines } from '@/contracts/key-migrations'
import { defineHandler } from '@/server/http/define-handler'
import { personActor } from '@/server/imports/import-actor'
import * as service from '@/server/key-migrations/list-key-lines'

export const GET = defineHandler(listKeyLines, ({ actor, params, query }) => service.listKeyLines(personActor(actor), params.id, query))
