import { draftLetter, listLetters } from '@/contracts/letters'
import { defineHandler } from '@/server/http/define-handler'
import { draftLetter as draft } from '@/server/letters/draft-letter'
import { listLetters as list } from '@/server/letters/list-letters'

export const GET = defineHandler(listLetters, ({ params, actor }) => list(actor.viewer, params.id))

export const POST = defineHandler(draftLetter, ({ params, body, actor }) => draft(actor, params.id, body))
