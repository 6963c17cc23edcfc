import { sendTestMail } from '@/contracts/mail'
import { defineHandler } from '@/server/http/define-handler'
import { sendTestMail as send } from '@/server/mail/send-test-mail'

export const POST = defineHandler(sendTestMail, ({ actor }) => send(actor))
