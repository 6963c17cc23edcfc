import { defineRead, defineWrite } from './define-endpoint'
import { exchangeSchema } from './exchange'
import { z } from './zod'

const instant = z.iso.datetime()

export const EXCHANGE_STEPS = ['authorize', 'callback', 'exchange', 'verify'] as const

/** A box of the exchange strip. */
export const exchangeStepSchema = z.object({
  name: z.enum(EXCHANGE_STEPS),
  status: z.enum(['done', 'failed', 'pending']),
  startedAt: instant.nullable(),
  durationMs: z.number().nullable(),
  exchanges: z.array(exchangeSchema),
})
export type ExchangeStep = z.infer<typeof exchangeStepSchema>

export const authorizationSchema = z.object({
  id: z.uuid(),
  apiClient: z.object({ id: z.uuid(), name: z.string() }),
  redirectUri: z.string(),
  /** `paste` when the redirect URI is not ours: the person brings the address back by hand. */
  mode: z.enum(['redirect', 'paste']),
  status: z.enum(['waiting', 'working', 'connected', 'failed', 'expired']),
  /** A code of contracts/errors.ts. */
  failure: z.string().nullable(),
  /** Our id of the request in which it failed. */
  requestId: z.string().nullable(),
  connectionId: z.uuid().nullable(),
  /** The connection that was to be renewed; null for a first connect. */
  expectedConnectionId: z.uuid().nullable(),
  /** With `wrong_property`: the consent that was put aside. */
  quarantineId: z.uuid().nullable(),
  startedAt: instant,
  expiresAt: instant,
  steps: z.array(exchangeStepSchema),
})
export type AuthorizationDetail = z.infer<typeof authorizationSchema>

/** Starts a consent flow: sets this browser's cookie and answers where to send it. */
export const startAuthorization = defineWrite({
  method: 'POST',
  path: '/oauth/authorize',
  body: z.strictObject({
    apiClientId: z.uuid(),
    /** The connection to renew: a consent from another property leaves it as it is. */
    connectionId: z.uuid().optional(),
    returnTo: z.string().max(2_000).optional(),
  }),
  output: z.object({
    authorizationId: z.uuid(),
    /** Octorate's consent page with client id, redirect URI and state. */
    location: z.string(),
    redirectUri: z.string(),
    mode: z.enum(['redirect', 'paste']),
    expiresAt: instant,
  }),
  permission: 'connections:connect',
  audit: 'authorization.started',
})

/** Finishes a flow from the address that the browser ended on, for redirect URIs that are not ours. */
export const completeAuthorization = defineWrite({
  method: 'POST',
  path: '/api/authorizations/:id/complete',
  params: z.strictObject({ id: z.uuid() }),
  body: z.strictObject({ address: z.string().min(1).max(8_000) }),
  output: z.object({ connectionId: z.uuid() }),
  permission: 'connections:connect',
  audit: 'authorization.completed',
})

export const getAuthorization = defineRead({
  path: '/api/authorizations/:id',
  params: z.strictObject({ id: z.uuid() }),
  output: authorizationSchema,
  permission: 'connections:read',
})
