import { defineRead, defineWrite } from './define-endpoint'
import { z } from './zod'

const instant = z.iso.datetime()
const idParams = z.strictObject({ id: z.uuid() })

export const MAIL_STATES = ['queued', 'sent', 'written', 'bounced', 'failed', 'withdrawn'] as const

export const mailSchema = z.object({
  id: z.uuid(),
  recipient: z.string(),
  subject: z.string(),
  /** What it is for. */
  kind: z.string(),
  state: z.enum(MAIL_STATES),
  tries: z.number().int(),
  createdAt: instant,
  settledAt: instant.nullable(),
  /** When it is tried next; null when it is not. */
  nextTryAt: instant.nullable(),
  /** Number or code of the last try that failed. */
  failure: z.string().nullable(),
  /** Whether its text is still kept, so that it can be sent again. */
  hasText: z.boolean(),
})
export type Mail = z.infer<typeof mailSchema>

export const mailPageSchema = z.object({
  items: z.array(mailSchema),
  page: z.number().int(),
  hasNext: z.boolean(),
  total: z.number().int(),
  /** Host of the mail server; null while none is configured. */
  server: z.string().nullable(),
  from: z.string().nullable(),
  /** Where mails are written while no mail server is configured. */
  folder: z.string(),
})
export type MailPage = z.infer<typeof mailPageSchema>

export const mailQuerySchema = z.strictObject({
  state: z.enum(MAIL_STATES).optional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
})
export type MailQuery = z.infer<typeof mailQuerySchema>

export const listMails = defineRead({ path: '/api/mails', query: mailQuerySchema, output: mailPageSchema, permission: 'mail:manage' })

/** The text with everything masked that could be a link of one use, or a code. */
export const readMail = defineRead({
  path: '/api/mails/:id', params: idParams, output: z.object({ mail: mailSchema, text: z.string().nullable() }), permission: 'mail:manage',
})

/** The text as it is, of a mail that went no further than the data folder: where no mail server is, an owner hands it over. */
export const openMail = defineWrite({
  method: 'POST', path: '/api/mails/:id/open', params: idParams, output: z.object({ text: z.string() }), permission: 'mail:open', audit: 'mail.opened',
})

export const sendMailAgain = defineWrite({
  method: 'POST', path: '/api/mails/:id/again', params: idParams, output: mailSchema, permission: 'mail:manage', audit: 'mail.sent_again',
})

/** Sends a mail to whoever asks, to see whether it arrives. */
export const sendTestMail = defineWrite({
  method: 'POST', path: '/api/mails/test', output: mailSchema, permission: 'mail:manage', audit: 'mail.tested',
})
