import { plainText } from './plain-text'
import { defineRead, defineWrite } from './define-endpoint'
import { z } from './zod'

const instant = z.iso.datetime()
export const environmentSchema = z.enum(['SANDBOX', 'PRODUCTION'])
export type Environment = z.infer<typeof environmentSchema>

/** The ways of integrating (contract, "Four integration strategies" and "Case 3"). */
export const STRATEGIES = ['any_property', 'one_customer', 'new_properties', 'old_keys', 'ip_address'] as const
export const strategySchema = z.enum(STRATEGIES)
export type Strategy = z.infer<typeof strategySchema>

const name = plainText(80)
/** Octorate's ids and secrets are printable ASCII; a blank inside is a copying mistake. */
const credential = z.string().trim().min(4).max(500).regex(/^[\x21-\x7e]+$/)
const apiVersion = z.string().trim().regex(/^v[1-9][0-9]?$/)
const redirectUri = z.string().trim().min(1).max(2_000)

export const apiClientSummarySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  clientId: z.string(),
  environment: environmentSchema,
  upstream: z.object({ id: z.string(), label: z.string(), sandbox: z.boolean() }),
  redirectUri: z.string(),
  connectionCount: z.number().int(),
  adminTokenExpiresAt: instant.nullable(),
  /** Since when Octorate refuses its id and secret; null while it takes them. */
  refusedAt: instant.nullable(),
  createdAt: instant,
})
export type ApiClientSummary = z.infer<typeof apiClientSummarySchema>

export const apiClientDetailSchema = apiClientSummarySchema.extend({
  apiVersion: z.string(),
  clientSecretLast4: z.string(),
  secretRotatedAt: instant,
  /** Chosen in the guide; null while nobody did. */
  strategy: strategySchema.nullable(),
  /** Our own callback for this API client: what to register at Octorate. */
  callbackUri: z.string(),
  /** Every full address that will be called; null when the upstream is no longer configured on this server. */
  addresses: z
    .object({
      consent: z.string(),
      token: z.string(),
      refresh: z.string(),
      apiLogin: z.string(),
      configuration: z.string(),
      properties: z.string(),
      userInfo: z.string(),
      createProperty: z.string(),
    })
    .nullable(),
  adminToken: z.object({ last4: z.string(), issuedAt: instant, expiresAt: instant }).nullable(),
})
export type ApiClientDetail = z.infer<typeof apiClientDetailSchema>

/** An upstream that this server may call, as a choice in a form. */
export const upstreamChoiceSchema = z.object({
  id: z.string(),
  label: z.string(),
  backOfficeBase: z.string(),
  apiBase: z.string(),
  sandbox: z.boolean(),
})
export type UpstreamChoice = z.infer<typeof upstreamChoiceSchema>

export const registerApiClientInput = z.strictObject({
  name,
  clientId: credential,
  clientSecret: credential,
  environment: environmentSchema,
  upstreamId: z.string().min(1).max(40),
  apiVersion: apiVersion.default('v1'),
  /** Absent: our own callback. Otherwise an address that Octorate already has, such as https://localhost. */
  redirectUri: redirectUri.optional(),
})

export const changeApiClientInput = z.strictObject({
  name: name.optional(),
  environment: environmentSchema.optional(),
  apiVersion: apiVersion.optional(),
  redirectUri: redirectUri.optional(),
  strategy: strategySchema.optional(),
})

export const CHECK_IDS = ['upstream', 'redirect_uri_rule', 'admin_token', 'redirect_uri_registered', 'environment', 'clock'] as const
export type CheckId = (typeof CHECK_IDS)[number]

/** One thing that would make a connect fail, looked at before the browser leaves. */
export const preflightCheckSchema = z.object({
  id: z.enum(CHECK_IDS),
  result: z.enum(['pass', 'warn', 'fail']),
  /** A word that chooses the explanation, such as `not_registered` or `near_miss`. */
  reason: z.string(),
  /** Values for the explanation: addresses, seconds; never a secret. */
  values: z.record(z.string(), z.string()),
})
export const preflightSchema = z.object({
  /** True when nothing failed. */
  ready: z.boolean(),
  mode: z.enum(['redirect', 'paste']),
  redirectUri: z.string(),
  checks: z.array(preflightCheckSchema),
})
export type Preflight = z.infer<typeof preflightSchema>

const idParams = z.strictObject({ id: z.uuid() })

export const listApiClients = defineRead({
  path: '/api/api-clients',
  output: z.object({ items: z.array(apiClientSummarySchema) }),
  permission: 'connections:read',
})

export const getApiClient = defineRead({
  path: '/api/api-clients/:id',
  params: idParams,
  output: apiClientDetailSchema,
  permission: 'api-clients:read',
})

export const registerApiClient = defineWrite({
  method: 'POST',
  path: '/api/api-clients',
  body: registerApiClientInput,
  output: apiClientDetailSchema,
  permission: 'api-clients:write',
  audit: 'api_client.registered',
})

export const changeApiClient = defineWrite({
  method: 'PATCH',
  path: '/api/api-clients/:id',
  params: idParams,
  body: changeApiClientInput,
  output: apiClientDetailSchema,
  permission: 'api-clients:write',
  audit: 'api_client.changed',
})

export const rotateClientSecret = defineWrite({
  method: 'POST',
  path: '/api/api-clients/:id/secret',
  params: idParams,
  body: z.strictObject({
    clientSecret: credential,
    /** True stores it without asking Octorate: for while Octorate can't be reached. */
    unverified: z.boolean().default(false),
  }),
  output: apiClientDetailSchema,
  permission: 'api-clients:write',
  audit: 'api_client.secret_rotated',
})

/** What stands still when the stored client secret is not the right one. */
export const secretDependentsSchema = z.object({
  /** Connections that are refreshed with it. */
  connections: z.number().int(),
  /** Of these, the ones whose access token ends within a day: when the first would stop. */
  endingWithinDay: z.number().int(),
  firstEndsAt: instant.nullable(),
  /** Machine keys of the same environment, whose back ends get tokens of these connections. */
  machineKeys: z.number().int(),
  adminTokens: z.number().int(),
})
export type SecretDependents = z.infer<typeof secretDependentsSchema>

export const getSecretDependents = defineRead({
  path: '/api/api-clients/:id/secret',
  params: idParams,
  output: secretDependentsSchema,
  permission: 'api-clients:read',
})

export const deleteApiClient = defineWrite({
  method: 'DELETE',
  path: '/api/api-clients/:id',
  params: idParams,
  output: z.object({ deleted: z.literal(true) }),
  permission: 'api-clients:write',
  audit: 'api_client.deleted',
})

/** ApiLogin: proves client id and secret, and keeps the admin token sealed. */
export const obtainAdminToken = defineWrite({
  method: 'POST',
  path: '/api/api-clients/:id/admin-token',
  params: idParams,
  output: apiClientDetailSchema,
  permission: 'api-clients:write',
  audit: 'admin_token.obtained',
})

/** Adds our callback to the redirect URIs at Octorate: reads the list, adds, writes the whole list back, reads again. */
export const registerCallback = defineWrite({
  method: 'POST',
  path: '/api/api-clients/:id/callback',
  params: idParams,
  output: z.object({ redirectUris: z.array(z.string()), added: z.boolean() }),
  permission: 'api-clients:write',
  audit: 'redirect_uri.registered',
})

/** Looks at what would make a connect fail. Obtains an admin token when none is held yet. */
export const preflightApiClient = defineWrite({
  method: 'POST',
  path: '/api/api-clients/:id/preflight',
  params: idParams,
  output: preflightSchema,
  permission: 'connections:connect',
  audit: { none: 'changes nothing here or at Octorate; a first admin token is recorded as such' },
})
