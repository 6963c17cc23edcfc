import { z } from './zod'

/** Body of every refusal: RFC 9457 problem details, with our code, whose turn it is and the request id to quote. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  detail: z.string(),
  status: z.number().int(),
  code: z.string(),
  turn: z.enum(['you', 'hotelier', 'octorate', 'operator']),
  requestId: z.string(),
  /** Octorate's own id of the call that failed, to quote to Octorate. */
  upstreamRequestId: z.string().optional(),
  retryAfterSeconds: z.number().int().optional(),
  /** Which connections cover the property, when there are several. */
  connectionIds: z.array(z.uuid()).optional(),
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
})

export type Problem = z.infer<typeof problemSchema>
