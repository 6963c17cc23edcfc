import { resumeKeyMigration } from '@/contracts/key-migrations'
import { defineHandler } from '@/server/http/define-handler'
import { personActor } from '@/server/imports/import-actor'
import * as service from '@/server/key-migrations/resume-key-migration'

export const POST = defineHandler(resumeKeyMigration, ({ actor, params }) => service.resumeKeyMigration(personActor(actor), params.id))
