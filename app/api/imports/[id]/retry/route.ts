import { retryImport } from '@/contracts/imports'
import { defineHandler } from '@/server/http/define-handler'
import * as service from '@/server/imports/retry-import'
import { personActor } from '@/server/imports/import-actor'

export const POST = defineHandler(retryImport, ({ actor, params }) => service.retryImport(personActor(actor), params.id))
