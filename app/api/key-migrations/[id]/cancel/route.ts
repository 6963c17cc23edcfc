import { cancelKeyMigration } from '@/contracts/key-migrations'
import { defineHandler } from '@/server/http/define-handler'
import { personActor } from '@/server/imports/import-actor'
import * as service from '@/server/key-migrations/cancel-key-migration'

export const POST = defineHandler(cancelKeyMigration, ({ actor, params }) => service.cancelKeyMigration(personActor(actor), params.id))
