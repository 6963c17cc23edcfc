import { changeContact } from '@/contracts/contacts'
import { changeContact as change } from '@/server/connections/change-contact'
import { defineHandler } from '@/server/http/define-handler'

export const PATCH = defineHandler(changeContact, ({ actor, params, body }) => change(actor, params.id, body))
