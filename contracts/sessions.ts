import { defineRead, defineWrite } from './define-endpoint'
import { z } from './zod'

const instant = z.iso.datetime()

export const sessionSchema = z.object({
  id: z.uuid(),
  /** True for the session that asks. */
  current: z.boolean(),
  createdAt: instant,
  lastSeenAt: instant,
  expiresAt: instant,
  address: z.string(),
  userAgent: z.string(),
})
export type SessionSummary = z.infer<typeof sessionSchema>

const listOutput = z.object({ items: z.array(sessionSchema) })

export const listSessions = defineRead({ path: '/api/sessions', output: listOutput, permission: 'sessions:own' })

export const revokeSession = defineWrite({
  method: 'DELETE',
  path: '/api/sessions/:id',
  params: z.strictObject({ id: z.uuid() }),
  output: listOutput,
  permission: 'sessions:own',
  audit: 'session.revoked',
})

/** Ends every session of this person but the one that asks. */
export const revokeOtherSessions = defineWrite({
  method: 'DELETE',
  path: '/api/sessions',
  output: listOutput,
  permission: 'sessions:own',
  audit: 'session.revoked',
})
