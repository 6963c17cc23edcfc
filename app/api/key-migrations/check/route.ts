import { checkKeyMigration } from '@/contracts/key-migrations'
import { defineHandler } from '@/server/http/define-handler'
import * as service from '@/server/key-migrations/check-key-migration'

export const POST = defineHandler(checkKeyMigration, ({ actor, body }) => service.checkKeyMigration(actor.viewer, body))
