import { plainText } from './plain-text'
import { defineWrite } from './define-endpoint'
import { z } from './zod'

export const PASSWORD_MIN_LENGTH = 15
export const PASSWORD_MAX_LENGTH = 200

/** Normalised before it is checked, so that one mailbox is one user. */
export const emailSchema = z
  .string()
  .transform((value) => value.normalize('NFC').trim().toLowerCase())
  .pipe(z.email().max(200))

export const passwordSchema = z.string().min(PASSWORD_MIN_LENGTH).max(PASSWORD_MAX_LENGTH)

export const setUpInput = z.strictObject({
  code: z.string().trim().min(1).max(100),
  organizationName: plainText(80),
  name: plainText(80),
  email: emailSchema,
  password: passwordSchema,
})

/** First run: makes the owner and the organization. Needs no session; the one-time code from the server's console proves who asks. */
export const completeSetUp = defineWrite({
  method: 'POST',
  path: '/api/set-up',
  body: setUpInput,
  output: z.object({ email: z.string() }),
  permission: 'public',
  audit: 'organization.created',
})
