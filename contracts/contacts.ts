import { CONTACT_FAULTS } from '@/lib/contacts/contact-fault'
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

export const CONTACT_VERDICTS = ['changed', 'unchanged', 'malformed'] as const

/** One line of a file of contacts, and what becomes of it. */
export const contactLineSchema = z.object({
  /** Line of the file, counted from 1. */
  number: z.number().int(),
  verdict: z.enum(CONTACT_VERDICTS),
  /** The connection that it is about; null with a fault. */
  connection: z.object({ id: z.uuid(), name: z.string(), upstreamId: z.string() }).nullable(),
  /** What the contact is afterwards; null with a fault. */
  contact: contactSchema.nullable(),
  /** Why it can't be, and in which cell, counted from 1. */
  fault: z.enum(CONTACT_FAULTS).nullable(),
  column: z.number().int().nullable(),
  /** The earlier line about the same connection. */
  of: z.number().int().nullable(),
})
export type ContactLine = z.infer<typeof contactLineSchema>

export const contactImportSchema = z.object({
  /** What is wrong with the file as a whole: then it has no lines. */
  fault: z.enum(CONTACT_FAULTS).nullable(),
  lines: z.array(contactLineSchema),
  counts: z.object({ changed: z.number().int(), unchanged: z.number().int(), malformed: z.number().int() }),
})
export type ContactImport = z.infer<typeof contactImportSchema>

const contactFile = z.strictObject({ text: z.string().max(4_000_000) })
const contactFileBytes = 8 * 1024 * 1024

/** What a file of contacts would change, before it does. */
export const checkContacts = defineWrite({
  method: 'POST',
  path: '/api/contacts/check',
  body: contactFile,
  output: contactImportSchema,
  permission: 'contacts:write',
  audit: { none: 'reads only; a body because a file fits no address' },
  mostBytes: contactFileBytes,
})

/** Takes over the good lines of a file of contacts; an empty cell leaves what is there. */
export const importContacts = defineWrite({
  method: 'POST',
  path: '/api/contacts/import',
  body: contactFile,
  output: contactImportSchema,
  permission: 'contacts:write',
  audit: 'connection.contact_changed',
  mostBytes: contactFileBytes,
})
