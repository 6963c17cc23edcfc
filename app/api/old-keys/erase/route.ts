import { eraseOldKeys } from '@/contracts/old-keys'
import { defineHandler } from '@/server/http/define-handler'
import * as service from '@/server/key-migrations/erase-old-keys'

export const POST = defineHandler(eraseOldKeys, ({ actor, body }) => service.eraseOldKeys(actor, body))
