import { defineWrite } from './define-endpoint'
import { languageSchema } from './links'
import { plainText } from './plain-text'
import { z } from './zod'

/** Whom to reach at the property when only a hotelier can help. */
export const contactSchema = z.object({
  name: z.string().nullable(),
  email: z.string().nullable(),
  language: languageSchema.nullable(),
  phone: z.string().nullable(),
})
export type Contact = z.infer<typeof contactSchema>

export const contactInput = z.strictObject({
  name: plainText(120).nullable(),
  email: z.email().max(254).nullable(),
  language: languageSchema.nullable(),
  phone: z.string().trim().max(40).regex(/^\+?[0-9 ()/.-]{4,40}$/).nullable(),
})

export const changeContact = defineWrite({
  method: 'PATCH',
  path: '/api/connections/:id/contact',
  params: z.strictObject({ id: z.uuid() }),
  body: contactInput,
  output: contactSchema,
  permission: 'contacts:write',
  audit: 'connection.contact_changed',
})
