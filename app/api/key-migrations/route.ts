import { listKeyMigrations, startKeyMigration } from '@/contracts/key-migrations'
import { defineHandler } from '@/server/http/define-handler'
import { personActor } from '@/server/imports/import-actor'
import { getKeyMigration } from '@/server/key-migrations/get-key-migration'
import * as list from '@/server/key-migrations/list-key-migrations'
import * as start from '@/server/key-migrations/start-key-migration'

export const GET = defineHandler(listKeyMigrations, ({ actor }) => list.listKeyMigrations(actor.viewer))

export const POST = defineHandler(startKeyMigration, async ({ actor, body }) =>
  getKeyMigration(personActor(actor), await start.startKeyMigration(personActor(actor), body)),
)
