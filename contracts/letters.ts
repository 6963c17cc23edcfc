import { defineRead, defineWrite } from './define-endpoint'
import { z } from './zod'

const instant = z.iso.datetime()
export const LETTER_KINDS = ['redirect_uris', 'client_secret', 'admin_token', 'production', 'ip_whitelist', 'incident'] as const
export type LetterKind = (typeof LETTER_KINDS)[number]
/** The letter about IP addresses is made with a version of the list (contracts/ip-whitelists.ts). */
export const DRAFTED_KINDS = ['redirect_uris', 'client_secret', 'admin_token', 'production', 'incident'] as const satisfies readonly LetterKind[]
export type DraftedKind = (typeof DRAFTED_KINDS)[number]

/** What Octorate does by mail only: who asked for what, and how far it is. The text is made where it is shown. */
export const letterSchema = z.object({
  id: z.uuid(),
  kind: z.enum(LETTER_KINDS),
  /** The exact list, of a letter about redirect URIs. */
  redirectUris: z.array(z.string()),
  /** Last four characters, of a letter about an admin token. */
  last4: z.string().nullable(),
  /** The exact list and the difference to what was confirmed last, of a letter about IP addresses. */
  ipList: z.object({ blocks: z.array(z.string()), added: z.array(z.string()), removed: z.array(z.string()) }).nullable(),
  /** `seen_live`: Octorate's configuration says that it was done. */
  state: z.enum(['drafted', 'sent', 'seen_live']),
  draftedAt: instant,
  sentAt: instant.nullable(),
  seenLiveAt: instant.nullable(),
})
export type Letter = z.infer<typeof letterSchema>
const letters = z.object({ items: z.array(letterSchema) })

export const listLetters = defineRead({
  path: '/api/api-clients/:id/letters',
  params: z.strictObject({ id: z.uuid() }),
  output: letters,
  permission: 'api-clients:read',
})

export const draftLetter = defineWrite({
  method: 'POST',
  path: '/api/api-clients/:id/letters',
  params: z.strictObject({ id: z.uuid() }),
  body: z.strictObject({ kind: z.enum(DRAFTED_KINDS), redirectUris: z.array(z.string().min(1).max(2_048)).max(100).default([]), adminTokenId: z.uuid().optional() }),
  output: letters,
  permission: 'api-clients:write',
  audit: 'letter.drafted',
})

/** A person says that the mail is on its way: Keyrack sends none itself. */
export const markLetterSent = defineWrite({
  method: 'POST',
  path: '/api/api-clients/:id/letters/:letterId/sent',
  params: z.strictObject({ id: z.uuid(), letterId: z.uuid() }),
  output: letters,
  permission: 'api-clients:write',
  audit: 'letter.sent',
})
