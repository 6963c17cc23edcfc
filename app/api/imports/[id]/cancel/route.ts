import { cancelImport } from '@/contracts/imports'
import { defineHandler } from '@/server/http/define-handler'
import * as service from '@/server/imports/cancel-import'
import { personActor } from '@/server/imports/import-actor'

export const POST = defineHandler(cancelImport, ({ actor, params }) => service.cancelImport(personActor(actor), params.id))
