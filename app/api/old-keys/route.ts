import { listOldKeys } from '@/contracts/old-keys'
import { defineHandler } from '@/server/http/define-handler'
import * as service from '@/server/key-migrations/list-old-keys'

export const GET = defineHandler(listOldKeys, ({ actor, query }) => service.listOldKeys(actor.viewer, query))
