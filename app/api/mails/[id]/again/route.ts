import { sendMailAgain } from '@/contracts/mail'
import { defineHandler } from '@/server/http/define-handler'
import { sendMailAgain as send } from '@/server/mail/send-mail-again'

export const POST = defineHandler(sendMailAgain, ({ params, actor }) => send(actor, params.id))
