import { readMail } from '@/contracts/mail'
import { defineHandler } from '@/server/http/define-handler'
import { readMail as read } from '@/server/mail/read-mail'

export const GET = defineHandler(readMail, ({ params, actor }) => read(actor.viewer, params.id))
