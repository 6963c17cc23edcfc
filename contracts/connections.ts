import { CONNECTION_CAUSES, CONNECTION_STATUSES } from '@/lib/connection-status'
import { defineRead, defineWrite } from './define-endpoint'
import { exchangeStepSchema } from './authorizations'
import { contactSchema } from './contacts'
import { differenceSchema } from './links'
import { plainText } from './plain-text'
import { z } from './zod'

export const connectionStatusSchema = z.enum(CONNECTION_STATUSES)
/** Why the last refresh failed, with `refresh_failing`; `operator_asked` where not Octorate but an owner has `reconnect_required`; null else. */
export const connectionCauseSchema = z.enum(CONNECTION_CAUSES)

const originSchema = z.enum(['code', 'refresh', 'migrate', 'create', 'import'])
const environmentSchema = z.enum(['SANDBOX', 'PRODUCTION'])
const expirySourceSchema = z.enum(['expires_in', 'expireDate', 'both', 'assumed'])
const instant = z.iso.datetime()

export const connectionSummarySchema = z.object({
  id: z.uuid(),
  /** Name of the property, or of the network's root property. */
  name: z.string(),
  /** Octorate's id of the property, or of the network's root. */
  upstreamId: z.string(),
  isNetwork: z.boolean(),
  propertyCount: z.number().int(),
  environment: environmentSchema,
  status: connectionStatusSchema,
  cause: connectionCauseSchema.nullable(),
  statusSince: instant,
  origin: originSchema,
  /** Null when disconnected: there is no token. */
  accessIssuedAt: instant.nullable(),
  accessExpiresAt: instant.nullable(),
  lastRefreshAt: instant,
  lastRefreshOutcome: z.string(),
  apiClient: z.object({ id: z.uuid(), name: z.string() }),
  connectedBy: z.string().nullable(),
  createdAt: instant,
})
export type ConnectionSummary = z.infer<typeof connectionSummarySchema>

export const CONNECTION_SORTS = ['expires', 'name', 'last-refresh', 'created'] as const

/** What somebody should look at, each a card over the list. `unplanned`: under two hours, and no refresh will come before. */
export const CONNECTION_BUCKETS = ['reconnect', 'failing', 'unplanned', 'admin_token', 'unused'] as const
export type ConnectionBucket = (typeof CONNECTION_BUCKETS)[number]

/** Query of the list, the same in the page's address and in the request. */
export const connectionQuerySchema = z.strictObject({
  /** Part of a property's name, or of its id at Octorate. */
  q: z.string().trim().max(100).optional(),
  status: connectionStatusSchema.optional(),
  bucket: z.enum(CONNECTION_BUCKETS).optional(),
  apiClient: z.uuid().optional(),
  sort: z.enum(CONNECTION_SORTS).default('expires'),
  direction: z.enum(['asc', 'desc']).default('asc'),
  /** Opaque position from `nextCursor` or `previousCursor`; holds a name of up to 300 characters. */
  cursor: z.string().max(4_000).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
export type ConnectionQuery = z.infer<typeof connectionQuerySchema>

export const connectionPageSchema = z.object({
  items: z.array(connectionSummarySchema),
  nextCursor: z.string().nullable(),
  previousCursor: z.string().nullable(),
  /** Connections that match, on all pages. */
  total: z.number().int(),
})
export type ConnectionPage = z.infer<typeof connectionPageSchema>

export const connectionDetailSchema = connectionSummarySchema.extend({
  properties: z.array(
    z.object({
      upstreamId: z.string(),
      name: z.string(),
      city: z.string().nullable(),
      country: z.string().nullable(),
      currency: z.string().nullable(),
      timeZone: z.string().nullable(),
      sandbox: z.boolean(),
      /** False when a person left it out after connecting. */
      linked: z.boolean(),
    }),
  ),
  /** False when Octorate listed more properties than Keyrack reads: the token covers others too. */
  propertiesComplete: z.boolean(),
  consentedBy: z.object({ name: z.string().nullable(), email: z.string().nullable(), username: z.string().nullable() }).nullable(),
  expirySource: expirySourceSchema,
  /** True when Octorate sent no readable expiry and one was assumed, or its date was doubtful. */
  expiryFlagged: z.boolean(),
  hasRefreshToken: z.boolean(),
  /** When the token is renewed, or tried to be, by itself; null when no try is planned. */
  nextRefreshAt: instant.nullable(),
  /** Since when only a person refreshes it; null while Keyrack does by itself. */
  refreshPausedAt: instant.nullable(),
  /** Refreshes in a row that failed. */
  refreshFailures: z.number().int(),
  /** Newest first, at most 50. */
  lineage: z.array(
    z.object({
      id: z.uuid(),
      at: instant,
      origin: originSchema,
      /** Keyed fingerprint: equal for equal tokens, says nothing about them. */
      accessFingerprint: z.string(),
      refreshReplaced: z.boolean(),
      accessExpiresAt: instant,
      expirySource: expirySourceSchema,
      driftMs: z.number().int().nullable(),
      durationMs: z.number().int().nullable(),
      upstreamRequestId: z.string().nullable(),
    }),
  ),
  /** Whom to reach at the property. */
  contact: contactSchema,
  /** False while the cause is one that no customer can mend, and when links cannot come back to this server. */
  isLinkOffered: z.boolean(),
  /** The consent flow that made or last renewed it. */
  authorization: z
    .object({ id: z.uuid(), startedAt: instant, steps: z.array(exchangeStepSchema), difference: differenceSchema.nullable() })
    .nullable(),
})
export type ConnectionDetail = z.infer<typeof connectionDetailSchema>

const idParams = z.strictObject({ id: z.uuid() })

export const listConnections = defineRead({
  path: '/api/connections',
  query: connectionQuerySchema,
  output: connectionPageSchema,
  permission: 'connections:read',
})

/** How many connections each card leads to. */
export const countBuckets = defineRead({
  path: '/api/connections/buckets',
  output: z.object({
    counts: z.record(z.enum(CONNECTION_BUCKETS), z.number().int()),
  }),
  permission: 'connections:read',
})

export const getConnection = defineRead({
  path: '/api/connections/:id',
  params: idParams,
  output: connectionDetailSchema,
  permission: 'connections:read',
})

/** Asks Octorate for a new access token now, whatever is left of the old one. */
export const refreshConnection = defineWrite({
  method: 'POST',
  path: '/api/connections/:id/refresh',
  params: idParams,
  output: connectionDetailSchema,
  permission: 'connections:refresh',
  audit: 'connection.refreshed',
})

/** From now on only a person refreshes it. Back ends get its token as long as it lives. */
export const pauseRefresh = defineWrite({
  method: 'POST',
  path: '/api/connections/:id/pause-refresh',
  params: idParams,
  body: z.strictObject({ reason: plainText(300) }),
  output: connectionDetailSchema,
  permission: 'connections:pause',
  audit: 'connection.refresh_paused',
})

export const resumeRefresh = defineWrite({
  method: 'POST',
  path: '/api/connections/:id/resume-refresh',
  params: idParams,
  output: connectionDetailSchema,
  permission: 'connections:pause',
  audit: 'connection.refresh_resumed',
})

/** Chooses which of the properties that the token covers are linked; at least one, and only covered ones. */
export const choosePropertiesOfConnection = defineWrite({
  method: 'PATCH',
  path: '/api/connections/:id/properties',
  params: idParams,
  body: z.strictObject({ linked: z.array(z.string().min(1).max(300)).min(1).max(10_000) }),
  output: connectionDetailSchema,
  permission: 'connections:connect',
  audit: 'connection.properties_chosen',
})

/** Wipes the tokens here. The hotelier's consent at Octorate stays until they withdraw it there. */
export const disconnectConnection = defineWrite({
  method: 'POST',
  path: '/api/connections/:id/disconnect',
  params: idParams,
  output: connectionDetailSchema,
  permission: 'connections:disconnect',
  audit: 'connection.disconnected',
})
