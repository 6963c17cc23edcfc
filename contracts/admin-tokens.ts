import { defineRead, defineWrite } from './define-endpoint'
import { plainText } from './plain-text'
import { z } from './zod'

const instant = z.iso.datetime()
const tokenParams = z.strictObject({ id: z.uuid(), tokenId: z.uuid() })

export const adminTokenSchema = z.object({
  id: z.uuid(),
  last4: z.string(),
  /** `retired`: another was obtained since; whether Octorate still takes it, Octorate alone knows. */
  state: z.enum(['current', 'retired', 'expired']),
  issuedAt: instant,
  expiresAt: instant,
  retiredAt: instant.nullable(),
  /** The last try without changing anything; null before the first. */
  test: z.object({ at: instant, accepted: z.boolean() }).nullable(),
})
export type AdminTokenSummary = z.infer<typeof adminTokenSchema>

export const adminTokensSchema = z.object({
  items: z.array(adminTokenSchema),
  /** Days of the reminder that is due for the current one: 60, 30, 7, 1, 0 when it has ended; null when none is. */
  reminderDays: z.number().int().nullable(),
})
export type AdminTokens = z.infer<typeof adminTokensSchema>

/** The admin tokens of an API client, the newest first. */
export const listAdminTokens = defineRead({
  path: '/api/api-clients/:id/admin-tokens',
  params: z.strictObject({ id: z.uuid() }),
  output: adminTokensSchema,
  permission: 'api-clients:read',
})

/** Tries a token by reading the configuration: nothing is changed, and no other token is used. */
export const testAdminToken = defineWrite({
  method: 'POST',
  path: '/api/api-clients/:id/admin-tokens/:tokenId/test',
  params: tokenParams,
  output: adminTokensSchema,
  permission: 'api-clients:write',
  audit: 'admin_token.tested',
})

/** Hands a token to a person: only to an owner, who has just shown who they are and says why. */
export const revealAdminToken = defineWrite({
  method: 'POST',
  path: '/api/api-clients/:id/admin-tokens/:tokenId/reveal',
  params: tokenParams,
  body: z.strictObject({
    /** Of the person who asks; empty for somebody who has none because they sign in elsewhere. */
    password: z.string().max(1_000),
    reason: plainText(200),
  }),
  output: z.object({ token: z.string() }),
  permission: 'admin-tokens:reveal',
  audit: 'admin_token.revealed',
})
