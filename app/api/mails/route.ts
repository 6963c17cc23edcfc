import { listMails } from '@/contracts/mail'
import { defineHandler } from '@/server/http/define-handler'
import { listMails as list } from '@/server/mail/list-mails'

export const GET = defineHandler(listMails, ({ query, actor }) => list(actor.viewer, query))
