import { retryKeyMigration } from '@/contracts/key-migrations'
import { defineHandler } from '@/server/http/define-handler'
import { personActor } from '@/server/imports/import-actor'
import * as service from '@/server/key-migrations/retry-key-migration'

export const POST = defineHandler(retryKeyMigration, ({ actor, params }) => service.retryKeyMigration(personActor(actor), params.id))
