import { changeRole, getPerson, removePerson } from '@/contracts/people'
import { defineHandler } from '@/server/http/define-handler'
import { changeRole as change } from '@/server/people/change-role'
import { getPerson as get } from '@/server/people/get-person'
import { removePerson as remove } from '@/server/people/remove-person'

export const GET = defineHandler(getPerson, ({ params, actor }) => get(actor.viewer, params.id))

export const PATCH = defineHandler(changeRole, ({ params, body, actor }) => change(actor, params.id, body))

export const DELETE = defineHandler(removePerson, ({ params, body, actor }) => remove(actor, params.id, body.password))
