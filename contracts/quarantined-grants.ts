import { defineRead, defineWrite } from './define-endpoint'
import { z } from './zod'

const instant = z.iso.datetime()
const idParams = z.strictObject({ id: z.uuid() })

export const QUARANTINE_STATES = ['probing', 'held', 'adopted', 'unneeded', 'connected', 'erased'] as const

/** A consent that came from another property than was asked for. */
export const quarantinedGrantSchema = z.object({
  id: z.uuid(),
  state: z.enum(QUARANTINE_STATES),
  /** What was asked for. */
  expected: z.object({ upstreamId: z.string(), name: z.string() }),
  /** What consented. */
  found: z.object({ upstreamId: z.string(), name: z.string(), isNetwork: z.boolean(), propertyCount: z.number().int() }),
  apiClient: z.object({ id: z.uuid(), name: z.string() }),
  /** The connection of the other property: tried, adopted or made; null when there is none. */
  connectionId: z.uuid().nullable(),
  linkId: z.uuid().nullable(),
  authorizationId: z.uuid(),
  createdAt: instant,
  /** When it is erased by itself. */
  expiresAt: instant,
})
export type QuarantinedGrantSummary = z.infer<typeof quarantinedGrantSchema>

/** Those that wait for somebody, oldest first. */
export const listQuarantinedGrants = defineRead({
  path: '/api/quarantined-grants',
  output: z.object({ items: z.array(quarantinedGrantSchema) }),
  permission: 'links:send',
})

export const getQuarantinedGrant = defineRead({
  path: '/api/quarantined-grants/:id',
  params: idParams,
  output: quarantinedGrantSchema,
  permission: 'links:send',
})

/** Takes it for what it is: a connection of the property that consented. */
export const connectQuarantinedGrant = defineWrite({
  method: 'POST',
  path: '/api/quarantined-grants/:id/connect',
  params: idParams,
  output: z.object({ connectionId: z.uuid() }),
  permission: 'connections:connect',
  audit: 'quarantined_grant.connected',
})

export const eraseQuarantinedGrant = defineWrite({
  method: 'POST',
  path: '/api/quarantined-grants/:id/erase',
  params: idParams,
  output: quarantinedGrantSchema,
  permission: 'connections:connect',
  audit: 'quarantined_grant.erased',
})
