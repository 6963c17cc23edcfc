import { defineRead } from './define-endpoint'
import { exchangeSchema } from './exchange'
import { z } from './zod'

const instant = z.iso.datetime()
const permission = 'operations:read'

/** Every call to Octorate, by our own name. */
export const OPERATION_CALLS = [
  'code_exchange', 'refresh', 'api_login', 'configuration_read', 'configuration_change', 'properties', 'user_info', 'create_property',
  'property_by_address', 'migrate',
] as const

/** Those by which a connection comes and lives; all others are about an API client, its configuration or old keys. */
export const CONNECTION_CALLS: readonly (typeof OPERATION_CALLS)[number][] = ['code_exchange', 'refresh', 'properties', 'user_info']

/** Why a call failed. The first four are no answer that says anything; the others are Octorate's clear no. */
export const OPERATION_CAUSES = [
  'unreachable', 'timeout', 'upstream_error', 'nonconformance',
  'bad_request', 'validation', 'credential', 'grant', 'access_token_expired', 'wrong_token_kind', 'quota', 'wrong_environment',
  'permission_missing', 'not_found', 'conflict', 'html_page', 'unknown',
] as const
export type OperationCause = (typeof OPERATION_CAUSES)[number]

export const operationSchema = z.object({
  id: z.uuid(),
  call: z.string(),
  method: z.string(),
  url: z.string(),
  at: instant,
  durationMs: z.number().int(),
  status: z.number().int().nullable(),
  cause: z.enum(OPERATION_CAUSES).nullable(),
  /** Octorate's own word for the failure. */
  type: z.string().nullable(),
  messages: z.array(z.string()),
  requestId: z.string().nullable(),
  apiClient: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  connection: z.object({ id: z.uuid(), name: z.string() }).nullable(),
})
export type Operation = z.infer<typeof operationSchema>

export const operationQuerySchema = z.strictObject({
  outcome: z.enum(['all', 'failed', 'good']).default('all'),
  call: z.enum(OPERATION_CALLS).optional(),
  cause: z.enum(OPERATION_CAUSES).optional(),
  apiClient: z.uuid().optional(),
  connection: z.uuid().optional(),
  /** Octorate's request id. */
  q: z.string().trim().max(60).optional(),
  page: z.coerce.number().int().min(1).max(1_000).default(1),
})
export type OperationQuery = z.infer<typeof operationQuerySchema>

export const operationPageSchema = z.object({ items: z.array(operationSchema), page: z.number().int(), hasNext: z.boolean() })
export type OperationPage = z.infer<typeof operationPageSchema>

export const listOperations = defineRead({ path: '/api/operations', query: operationQuerySchema, output: operationPageSchema, permission })

/** One call with what was sent and what came, masked. */
export const getOperation = defineRead({
  path: '/api/operations/:id',
  params: z.strictObject({ id: z.uuid() }),
  output: operationSchema.extend({ exchange: exchangeSchema }),
  permission,
})

/** Failures of the last day by cause and call, the most frequent first. */
export const listOperationCauses = defineRead({
  path: '/api/operations/causes',
  output: z.object({
    items: z.array(
      z.object({ cause: z.enum(OPERATION_CAUSES), call: z.string(), count: z.number().int(), connections: z.number().int(), lastAt: instant }),
    ),
  }),
  permission,
})
export type OperationCauses = z.infer<typeof listOperationCauses.output>
