import { pauseKeyMigration } from '@/contracts/key-migrations'
import { defineHandler } from '@/server/http/define-handler'
import { personActor } from '@/server/imports/import-actor'
import * as service from '@/server/key-migrations/pause-key-migration'

export const POST = defineHandler(pauseKeyMigration, ({ actor, params }) => service.pauseKeyMigration(personActor(actor), params.id))
