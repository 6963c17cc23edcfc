import { listPeople } from '@/contracts/people'
import { defineHandler } from '@/server/http/define-handler'
import { listPeople as list } from '@/server/people/list-people'

export const GET = defineHandler(listPeople, ({ actor }) => list(actor.viewer))
