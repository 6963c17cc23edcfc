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
const propertyId = plainText(100)
const propertyParams = z.strictObject({ propertyId })
const credential = z.string().min(4).max(4_000).regex(/^[\x21-\x7e]+$/)

const MOST_TTL = 43_200
const MIN_TTL_TEXT =
  'Seconds of life that the token must have left at least; one with less is refreshed first. A token that has more than half of its life left is never refreshed for that.'
const minTtlInQuery = z.coerce.number().int().min(0).max(MOST_TTL).default(60).describe(MIN_TTL_TEXT)
const minTtlInBody = z.number().int().min(0).max(MOST_TTL).default(60).describe(MIN_TTL_TEXT)

const machinePropertyShape = z.object({
  propertyId: z.string().describe('The id that Octorate gives it.'),
  name: z.string(),
  city: z.string().nullable(),
  country: z.string().nullable(),
  timeZone: z.string().nullable(),
  linked: z.boolean().describe('False when a person left it out: the token covers it, back ends are not meant to use it.'),
})
export const machinePropertySchema = machinePropertyShape.meta({ id: 'Property' })

export const machineConnectionSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    apiClientId: z.uuid(),
    environment: z.enum(['SANDBOX', 'PRODUCTION']),
    isNetwork: z.boolean(),
    status: connectionStatusSchema,
    cause: connectionCauseSchema.nullable().describe('With refresh_failing: why the last refresh failed. With reconnect_required: operator_asked when an owner asked for a new consent. Else null.'),
    statusSince: instant,
    frozen: z.boolean().describe('Hand-outs are stopped, of it alone, of its API client or of everything: a token is refused with 423 until somebody thaws.'),
    accessExpiresAt: instant.nullable().describe('Null when it is disconnected: there is no token.'),
    handle: z.string().describe('Stands for the refresh token in the drop-in identity host; worth nothing without a machine key.'),
    properties: z.array(machinePropertySchema).describe("Those that the key may see, by Octorate's id."),
  })
  .meta({ id: 'Connection' })
export type MachineConnection = z.infer<typeof machineConnectionSchema>

export const accessTokenSchema = z
  .object({
    connectionId: z.uuid(),
    accessToken: z.string().describe('Bearer for calls to Octorate.'),
    issuedAt: instant,
    expiresAt: instant,
    expiresIn: z.number().int().describe("Seconds left by Keyrack's clock, at least 1, so that the caller's own clock does not matter."),
    fingerprint: z
      .string()
      .regex(/^[0-9a-f]{16}$/)
      .describe("First 16 hexadecimal digits of the token's SHA-256: names it in a report."),
  })
  .meta({ id: 'AccessToken' })
export type AccessTokenAnswer = z.infer<typeof accessTokenSchema>

const tokenRefusalSchema = z
  .object({
    code: z.string(),
    message: z.string(),
    retryAfterSeconds: z.number().int().optional(),
    connectionIds: z.array(z.uuid()).optional().describe('With property_ambiguous: the connections that cover the property.'),
  })
  .meta({ id: 'TokenRefusal' })

/** What may stand between a key and a token. */
const TOKEN_REFUSALS = ['not_found', 'machine_key_properties', 'reconnect_required', 'already_disconnected', 'frozen', 'temporarily_unavailable'] as const

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
  refusals: ['not_found'],
  audit: { none: 'reads only, no token' },
})

export const listMachineProperties = defineMachineEndpoint({
  method: 'GET',
  path: '/properties',
  summary: 'Properties that the key may see, with their connections.',
  query: z.strictObject({ cursor: id.optional(), limit: z.coerce.number().int().min(1).max(200).default(100) }),
  output: z.object({
    items: z.array(machinePropertyShape.extend({ connectionId: z.uuid(), status: connectionStatusSchema, frozen: z.boolean() })),
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
  refusals: ['not_found', 'property_ambiguous'],
  audit: { none: 'reads only, no token' },
})

export const getAccessToken = defineMachineEndpoint({
  method: 'GET',
  path: '/connections/:id/access-token',
  summary: 'A valid access token of a connection, refreshed first when it has too little life left.',
  params: idParams,
  query: z.strictObject({ minTtl: minTtlInQuery }),
  output: accessTokenSchema,
  scope: 'tokens:read',
  refusals: TOKEN_REFUSALS,
  audit: 'access_token.handed_out',
})

export const getPropertyAccessToken = defineMachineEndpoint({
  method: 'GET',
  path: '/properties/:propertyId/access-token',
  summary: 'A valid access token for a property, by the id that Octorate gives it.',
  params: propertyParams,
  query: z.strictObject({ minTtl: minTtlInQuery }),
  output: accessTokenSchema,
  scope: 'tokens:read',
  refusals: [...TOKEN_REFUSALS, 'property_ambiguous'],
  audit: 'access_token.handed_out',
})

export const getAccessTokens = defineMachineEndpoint({
  method: 'POST',
  path: '/access-tokens',
  summary: 'Access tokens for many connections or properties at once; each has its own outcome.',
  body: z.strictObject({
    connections: z.array(id).max(500).default([]),
    properties: z.array(propertyId).max(500).default([]),
    minTtl: minTtlInBody,
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
  refusals: ['not_found', 'machine_key_properties'],
  audit: 'access_token.rejection_reported',
  idempotencyKey: true,
  isPassing: ({ outcome }) => outcome === 'temporarily_unavailable',
})

/** Refreshes whatever is left of the token; the refusals are those of a hand-out. No token is answered. */
export const refreshMachineConnection = defineMachineEndpoint({
  method: 'POST',
  path: '/connections/:id/refresh',
  summary: 'Asks Octorate for a new access token now, whatever is left of the old one.',
  params: idParams,
  output: z.object({ connectionId: z.uuid(), accessExpiresAt: instant }),
  scope: 'tokens:read',
  refusals: TOKEN_REFUSALS,
  audit: 'connection.refreshed',
})

export const disconnectMachineConnection = defineMachineEndpoint({
  method: 'DELETE',
  path: '/connections/:id',
  summary: 'Wipes the tokens of a connection.',
  params: idParams,
  output: machineConnectionSchema,
  scope: 'connections:disconnect',
  refusals: ['not_found', 'machine_key_properties', 'already_disconnected'],
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
