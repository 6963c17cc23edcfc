import { reportKeyMigration } from '@/contracts/key-migrations'
import { defineHandler } from '@/server/http/define-handler'
import { personActor } from '@/server/imports/import-actor'
import * as service from '@/server/key-migrations/report-key-migration'

export const GET = defineHandler(reportKeyMigration, ({ actor, params }) => service.reportKeyMigration(personActor(actor), params.id))
