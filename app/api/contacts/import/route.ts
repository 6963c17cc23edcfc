import { importContacts } from '@/contracts/contacts'
import { importContacts as take } from '@/server/connections/import-contacts'
import { defineHandler } from '@/server/http/define-handler'

export const POST = defineHandler(importContacts, ({ actor, body }) => take(actor, body.text))
