import { getKeyRestriction } from '@/contracts/key-restrictions'
import { personAt } from '@/server/address-lists/list-actor'
import { defineHandler } from '@/server/http/define-handler'
import { getKeyRestriction as get } from '@/server/key-restrictions/get-key-restriction'

export const GET = defineHandler(getKeyRestriction, ({ params, actor }) => get(personAt(actor), params.id))
