import { z } from './zod'

/** One request and answer with every secret masked, for a person to read. */
export const exchangeSchema = z.object({
  method: z.string(),
  url: z.string(),
  requestHeaders: z.record(z.string(), z.string()),
  requestForm: z.record(z.string(), z.string()).nullable(),
  /** The JSON that was sent, indented; absent or null for a form or no body. */
  requestJson: z.string().nullable().optional(),
  /** Null when no answer came. */
  status: z.number().int().nullable(),
  responseHeaders: z.record(z.string(), z.string()),
  responseBody: z.string().nullable(),
  startedAt: z.iso.datetime(),
  durationMs: z.number(),
})
export type Exchange = z.infer<typeof exchangeSchema>
