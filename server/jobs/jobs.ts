import { z } from 'zod'

/** Every kind of job with the shape of what it is told. Ids only: whoever reads the queue learns no secret. */
export const JOBS = {
  /** Works on the lines of an import for a while, and adds itself again until none is left. */
  run_import: z.strictObject({ importId: z.uuid() }),
  /** Tries once to deliver a message to a webhook, and adds itself again while it makes sense. */
  deliver_webhook: z.strictObject({ deliveryId: z.uuid() }),
  /** Tries once to send a mail, and adds itself again while it makes sense. */
  send_mail: z.strictObject({ mailId: z.uuid() }),
} as const satisfies Record<string, z.ZodType>

export type JobName = keyof typeof JOBS
export type JobPayload<N extends JobName> = z.infer<(typeof JOBS)[N]>
/** How a job is done; it stops early, and leaves nothing half-done, when the signal says so. */
export type Task<N extends JobName> = (payload: JobPayload<N>, signal: AbortSignal) => Promise<void>
