import { checkImport } from '@/contracts/imports'
import { defineHandler } from '@/server/http/define-handler'
import * as service from '@/server/imports/check-import'

export const POST = defineHandler(checkImport, ({ actor, body }) => service.checkImport(actor.viewer, body))
