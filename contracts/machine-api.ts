import { isUuid } from '@/lib/ids'
import { connectionCauseSchema, connectionStatusSchema } from './connections'
import { defineMachineEndpoint } from './define-machine-endpoint'
import { plainText } from './plain-text'
import { z } from './zod'

const instant = z.iso.datetime()
/** One id has one spelling: a UUID in lower case. */
const id = z.uuid().refine(isUuid)
const idParams = z.strictObject({ id })
/** As Octorate spells it; printable, because the database takes no other text. */
const propertyId = z.string().min(1).max(100).regex(/^[^\p{Cc}\p{Cs}]+$/u)
const propertyParams = z.strictObject({ propertyId })
const credential = z.string().min(4).max(4_000).regex(/^[\x21-\x7e]+$/)

/** Seconds of life that the token must have left at least; a shorter one is refreshed first. */
const minTtl = z.coerce.number().int().min(0).max(43_200).default(60)

export const machinePropertySchema = z.object({
  /** Octorate's id. */
  propertyId: z.string(),
  name: z.string(),
  city: z.string().nullable(),
  country: z.string().nullable(),
  timeZone: z.string().nullable(),
  linked: z.boolean(),
})

export const machineConnectionSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  apiClientId: z.uuid(),
  environment: z.enum(['SANDBOX', 'PRODUCTION']),
  isNetwork: z.boolean(),
  status: connectionStatusSchema,
  cause: connectionCauseSchema.nullable(),
  statusSince: instant,
  accessExpiresAt: instant.nullable(),
  /** Stands for the refresh token in the drop-in identity host; worth nothing without a machine key. */
  handle: z.string(),
  properties: z.array(machinePropertySchema),
})
export type MachineConnection = z.infer<typeof machineConnectionSchema>

export const accessTokenSchema = z.object({
  connectionId: z.uuid(),
  accessToken: z.string(),
  issuedAt: instant,
  expiresAt: instant,
  /** Seconds left by Keyrack's clock, so that the caller's own clock does not matter. */
  expiresIn: z.number().int(),
  /** First 16 hexadecimal digits of the token's SHA-256: names it in a report. */
  fingerprint: z.string().regex(/^[0-9a-f]{16}$/),
})
export type AccessTokenAnswer = z.infer<typeof accessTokenSchema>

const tokenRefusalSchema = z.object({
  code: z.string(),
  message: z.string(),
  retryAfterSeconds: z.number().int().optional(),
  /** With `property_ambiguous`: the connections that cover the property. */
  connectionIds: z.array(z.uuid()).optional(),
})

export const listMachineConnections = defineMachineEndpoint({
  method: 'GET',
  path: '/connections',
  summary: 'Connections that the key may see, by id.',
  query: z.strictObject({
    status: connectionStatusSchema.optional(),
    property: propertyId.optional(),
    cursor: id.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(100),
  }),
  output: z.object({ items: z.array(machineConnectionSchema), nextCursor: z.uuid().nullable() }),
  scope: 'connections:read',
  audit: { none: 'reads only, no token' },
})

export const getMachineConnection = defineMachineEndpoint({
  method: 'GET',
  path: '/connections/:id',
  summary: 'One connection.',
  params: idParams,
  output: machineConnectionSchema,
  scope: 'connections:read',
  audit: { none: 'reads only, no token' },
})

export const listMachineProperties = defineMachineEndpoint({
  method: 'GET',
  path: '/properties',
  summary: 'Properties that the key may see, with their connections.',
  query: z.strictObject({ cursor: id.optional(), limit: z.coerce.number().int().min(1).max(200).default(100) }),
  output: z.object({
    items: z.array(machinePropertySchema.extend({ connectionId: z.uuid(), status: connectionStatusSchema })),
    nextCursor: z.uuid().nullable(),
  }),
  scope: 'connections:read',
  audit: { none: 'reads only, no token' },
})

/** 409 `property_ambiguous` with the ids when several connections cover it. */
export const getMachineProperty = defineMachineEndpoint({
  method: 'GET',
  path: '/properties/:propertyId',
  summary: 'The connection that covers a property, by the id that Octorate gives it.',
  params: propertyParams,
  output: machineConnectionSchema,
  scope: 'connections:read',
  audit: { none: 'reads only, no token' },
})

export const getAccessToken = defineMachineEndpoint({
  method: 'GET',
  path: '/connections/:id/access-token',
  summary: 'A valid access token of a connection, refreshed first when it has too little life left.',
  params: idParams,
  query: z.strictObject({ minTtl }),
  output: accessTokenSchema,
  scope: 'tokens:read',
  audit: 'access_token.handed_out',
})

export const getPropertyAccessToken = defineMachineEndpoint({
  method: 'GET',
  path: '/properties/:propertyId/access-token',
  summary: 'A valid access token for a property, by the id that Octorate gives it.',
  params: propertyParams,
  query: z.strictObject({ minTtl }),
  output: accessTokenSchema,
  scope: 'tokens:read',
  audit: 'access_token.handed_out',
})

export const getAccessTokens = defineMachineEndpoint({
  method: 'POST',
  path: '/access-tokens',
  summary: 'Access tokens for many connections or properties at once; each has its own outcome.',
  body: z.strictObject({
    connections: z.array(id).max(500).default([]),
    properties: z.array(propertyId).max(500).default([]),
    minTtl,
  }),
  output: z.object({
    items: z.array(
      z.object({
        connectionId: z.uuid().optional(),
        propertyId: z.string().optional(),
        token: accessTokenSchema.nullable(),
        refusal: tokenRefusalSchema.nullable(),
      }),
    ),
  }),
  scope: 'tokens:read',
  audit: 'access_token.handed_out',
})

export const reportRejectedToken = defineMachineEndpoint({
  method: 'POST',
  path: '/connections/:id/access-token/rejected',
  summary: 'Reports that Octorate refused an access token: one refresh follows when it is the current one and was refused as such.',
  params: idParams,
  body: z.strictObject({
    fingerprint: z.string().regex(/^[0-9a-f]{16}$/),
    status: z.number().int().min(400).max(599),
    /** `type` of Octorate's error body, when there was one. */
    type: z.string().max(200).regex(/^[\x20-\x7e]*$/).nullable().default(null),
  }),
  output: z.object({
    /** `not_current`: a newer one is there, ask for it; `not_about_the_token`: the refusal has another cause. */
    outcome: z.enum(['refreshed', 'refresh_refused', 'not_current', 'not_about_the_token', 'temporarily_unavailable']),
  }),
  scope: 'tokens:read',
  audit: 'access_token.rejection_reported',
  idempotencyKey: true,
})

/** Refreshes whatever is left of the token; the refusals are those of a hand-out. No token is answered. */
export const refreshMachineConnection = defineMachineEndpoint({
  method: 'POST',
  path: '/connections/:id/refresh',
  summary: 'Asks Octorate for a new access token now, whatever is left of the old one.',
  params: idParams,
  output: z.object({ connectionId: z.uuid(), accessExpiresAt: instant }),
  scope: 'tokens:read',
  audit: 'connection.refreshed',
})

export const disconnectMachineConnection = defineMachineEndpoint({
  method: 'DELETE',
  path: '/connections/:id',
  summary: 'Wipes the tokens of a connection.',
  params: idParams,
  output: machineConnectionSchema,
  scope: 'connections:disconnect',
  audit: 'connection.disconnected',
})

export const importLineInput = z.strictObject({
  refreshToken: credential,
  /** The id that Octorate gives the property; needed when nothing is probed, compared when it is. */
  propertyId: z.string().max(100).regex(/^[^\s\p{Cc}\p{Cs}]+$/u).optional(),
  name: plainText(300).optional(),
})

/** Stores one refresh token from another system. */
export const importConnection = defineMachineEndpoint({
  method: 'POST',
  path: '/connections/import',
  summary: 'Brings one refresh token from another system.',
  body: importLineInput.extend({ apiClientId: z.uuid(), probe: z.boolean().default(true) }),
  output: z.object({ outcome: z.enum(['stored', 'duplicate']), connection: machineConnectionSchema }),
  scope: 'connections:import',
  audit: 'connection.imported',
  idempotencyKey: true,
})

export const importSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  state: z.enum(['running', 'finished', 'cancelled', 'handed_back']),
  probe: z.boolean(),
  total: z.number().int(),
  counts: z.object({
    pending: z.number().int(),
    stored: z.number().int(),
    duplicate: z.number().int(),
    refused: z.number().int(),
    failed: z.number().int(),
    handed_back: z.number().int(),
  }),
  createdAt: instant,
  finishedAt: instant.nullable(),
})
export type ImportSummary = z.infer<typeof importSchema>

/** The body is NDJSON (application/x-ndjson), a line as in `importLineInput` each; the same lines again are the same import. */
export const importConnections = defineMachineEndpoint({
  method: 'POST',
  path: '/imports',
  summary: 'Brings many refresh tokens as NDJSON, one a line; the same lines again are the same import.',
  query: z.strictObject({
    apiClientId: z.uuid(),
    name: plainText(80).default('Import'),
    probe: z.enum(['true', 'false']).default('true'),
  }),
  output: importSchema,
  scope: 'connections:import',
  audit: 'import.started',
  takes: 'ndjson',
})

export const getMachineImport = defineMachineEndpoint({
  method: 'GET',
  path: '/imports/:id',
  summary: 'Progress of an import, and its lines that need attention.',
  params: idParams,
  output: importSchema.extend({
    lines: z.array(z.object({ number: z.number().int(), propertyId: z.string().nullable(), state: z.string(), reason: z.string().nullable() })),
  }),
  scope: 'connections:import',
  audit: { none: 'reads only, no token' },
})

/** The integrator's own callback hands its code over: sent once, never retried. State and browser binding stay its duty. */
export const relayCode = defineMachineEndpoint({
  method: 'POST',
  path: '/authorizations/complete',
  summary: "Exchanges a code that the integrator's own callback received, and connects.",
  body: z.strictObject({ apiClientId: z.uuid(), code: credential, redirectUri: z.string().min(1).max(2_000) }),
  output: machineConnectionSchema,
  scope: 'connections:create',
  audit: 'authorization.completed',
  idempotencyKey: true,
})
