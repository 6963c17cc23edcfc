import { openMail } from '@/contracts/mail'
import { defineHandler } from '@/server/http/define-handler'
import { openMail as open } from '@/server/mail/open-mail'

export const POST = defineHandler(openMail, ({ params, actor }) => open(actor, params.id))
