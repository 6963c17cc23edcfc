import { handBackImport } from '@/contracts/imports'
import { defineHandler } from '@/server/http/define-handler'
import * as service from '@/server/imports/hand-back-import'
import { personActor } from '@/server/imports/import-actor'

export const POST = defineHandler(handBackImport, ({ actor, params }) => service.handBackImport(personActor(actor), params.id))
