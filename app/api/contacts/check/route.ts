import { checkContacts } from '@/contracts/contacts'
import { checkContacts as check } from '@/server/connections/import-contacts'
import { defineHandler } from '@/server/http/define-handler'

export const POST = defineHandler(checkContacts, ({ actor, body }) => check(actor.viewer, body.text))
