import { getImport } from '@/contracts/imports'
import { defineHandler } from '@/server/http/define-handler'
import * as service from '@/server/imports/get-import'
import { personActor } from '@/server/imports/import-actor'

export const GET = defineHandler(getImport, ({ actor, params }) => service.getImport(personActor(actor), params.id))
