import { changeKeyMigrationPace, getKeyMigration } from '@/contracts/key-migrations'
import { defineHandler } from '@/server/http/define-handler'
import { personActor } from '@/server/imports/import-actor'
import { changePace } from '@/server/key-migrations/change-pace'
import * as service from '@/server/key-migrations/get-key-migration'

export const GET = defineHandler(getKeyMigration, ({ actor, params }) => service.getKeyMigration(personActor(actor), params.id))

export const PATCH = defineHandler(changeKeyMigrationPace, ({ actor, params, body }) => changePace(personActor(actor), params.id, body.perSecond))
