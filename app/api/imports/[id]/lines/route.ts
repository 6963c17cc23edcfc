import { listImportLines } from '@/contracts/imports'
import { defineHandler } from '@/server/http/define-handler'
import { personActor } from '@/server/imports/import-actor'
import * as service from '@/server/imports/list-import-lines'

export const GET = defineHandler(listImportLines, ({ actor, params, query }) => service.listImportLines(personActor(actor), params.id, query))
