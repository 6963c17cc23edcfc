import { isUuid } from '@/lib/ids'
import { defineRead, defineWrite } from './define-endpoint'
import { refusalKindSchema } from './runway'
import { z } from './zod'

const id = z.uuid().refine(isUuid)
const instant = z.iso.datetime()
const count = z.number().int()
const apiClient = z.object({ id: z.uuid(), name: z.string() })
const permission = 'top-ups:run'

/** One API client in a top up as it would be now. */
const plannedApiClientSchema = apiClient.extend({
  /** Connections that would be refreshed. */
  connections: count,
  seconds: count,
  quota: z.object({
    /** Calls left; null when nobody knows. */
    left: count.nullable(),
    /** When Octorate said so; null when it never did. */
    readAt: instant.nullable(),
    /** Calls that the top up makes in five minutes. */
    needed: count,
    suffices: z.boolean(),
  }),
  /** What keeps its tokens from being renewed: it would be left out. */
  refusal: refusalKindSchema.nullable(),
})

/** Why a top up would be refused, as a code of contracts/errors.ts. */
export const TOP_UP_REFUSALS = ['top_up_running', 'top_up_nothing', 'top_up_while_refused', 'top_up_quota'] as const

export const topUpPlanSchema = z.object({
  at: instant,
  connections: count,
  /** Connections whose refreshes fail, and are tried again by themselves more often than a top up would. */
  failing: count,
  /** From the first refresh to the last, at the pace of the API clients. */
  seconds: count,
  /** No token of those that are refreshed ends before, if the new ones live as long as the present ones; null when there is none. */
  holdsUntil: instant.nullable(),
  refusal: z.enum(TOP_UP_REFUSALS).nullable(),
  apiClients: z.array(plannedApiClientSchema),
})
export type TopUpPlan = z.infer<typeof topUpPlanSchema>

export const TOP_UP_STATES = ['running', 'finished', 'cancelled'] as const

export const topUpSchema = z.object({
  id: z.uuid(),
  state: z.enum(TOP_UP_STATES),
  /** Null for all. */
  apiClient: apiClient.nullable(),
  startedBy: z.string().nullable(),
  startedAt: instant,
  /** When the last refresh is due, if nothing slows it down. */
  plannedUntil: instant,
  cancelledAt: instant.nullable(),
  /** Adds up to `total`. `failed` are tried again by themselves; `putBack` were left as they were by a cancel. */
  counts: z.object({ total: count, renewed: count, failed: count, waiting: count, putBack: count }),
  /** No token of those that were renewed ends before; null while there is none. */
  holdsUntil: instant.nullable(),
})
export type TopUp = z.infer<typeof topUpSchema>

export const planTopUp = defineRead({
  path: '/api/top-ups/plan',
  query: z.strictObject({ apiClient: id.optional() }),
  output: topUpPlanSchema,
  permission,
})

/** The latest first, of the last thirty days. */
export const listTopUps = defineRead({
  path: '/api/top-ups',
  output: z.object({ items: z.array(topUpSchema) }),
  permission: 'connections:read',
})

/** Makes every connection that is refreshed by itself due now, one after the other at the pace of its API client. */
export const startTopUp = defineWrite({
  method: 'POST',
  path: '/api/top-ups',
  body: z.strictObject({ apiClientId: id.optional() }),
  output: topUpSchema,
  permission,
  audit: 'top_up.started',
})

/** What was not refreshed yet is due as it was before; what is under way ends as it ends. */
export const cancelTopUp = defineWrite({
  method: 'POST',
  path: '/api/top-ups/:id/cancel',
  params: z.strictObject({ id }),
  output: topUpSchema,
  permission,
  audit: 'top_up.cancelled',
})
