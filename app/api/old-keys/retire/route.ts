import { retireOldKeys } from '@/contracts/old-keys'
import { defineHandler } from '@/server/http/define-handler'
import * as service from '@/server/key-migrations/retire-old-keys'

export const POST = defineHandler(retireOldKeys, ({ actor, body }) => service.retireOldKeys(actor, body.ids))
