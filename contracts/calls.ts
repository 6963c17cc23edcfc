import { defineRead } from './define-endpoint'
import { exchangeSchema } from './exchange'
import { z } from './zod'

/** What was done at Octorate as an API client, where the calls are kept for its exchange strip. */
export const CALL_ACTS = ['redirect_uris', 'configuration', 'admin_token', 'properties', 'ip_whitelist'] as const
export type CallAct = (typeof CALL_ACTS)[number]

/** The calls of the last act of one kind, whether it succeeded or not. */
export const recordedCallsSchema = z.object({
  act: z.enum(CALL_ACTS),
  at: z.iso.datetime(),
  /** Code of contracts/errors.ts when it failed. */
  failure: z.string().nullable(),
  exchanges: z.array(exchangeSchema),
})
export type RecordedCalls = z.infer<typeof recordedCallsSchema>

export const getLastCalls = defineRead({
  path: '/api/api-clients/:id/calls',
  params: z.strictObject({ id: z.uuid() }),
  query: z.strictObject({ act: z.enum(CALL_ACTS) }),
  output: z.object({ last: recordedCallsSchema.nullable() }),
  permission: 'api-clients:read',
})
