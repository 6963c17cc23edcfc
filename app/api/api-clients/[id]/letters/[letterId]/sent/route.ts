import { markLetterSent } from '@/contracts/letters'
import { defineHandler } from '@/server/http/define-handler'
import { markLetterSent as mark } from '@/server/letters/mark-letter-sent'

export const POST = defineHandler(markLetterSent, ({ params, actor }) => mark(actor, params))
