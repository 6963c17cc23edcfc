import { apiConfigurationSchema } from './api-configuration'
import { defineWrite } from './define-endpoint'
import { exchangeSchema } from './exchange'
import { z } from './zod'

const credential = z.string().trim().min(4).max(500).regex(/^[\x21-\x7e]+$/)

/** What a client id and secret from Octorate's mail are good for. */
export const xraySchema = z.object({
  takenAt: z.iso.datetime(),
  upstream: z.object({ id: z.string(), label: z.string(), apiBase: z.string() }),
  /** `accepted`, or the code of contracts/errors.ts why not. */
  login: z.string(),
  /** When the admin token that was obtained for this ends; it is thrown away. */
  adminTokenEndsAt: z.iso.datetime().nullable(),
  /** Null when it could not be read; then `reading` has the code. */
  configuration: apiConfigurationSchema.nullable(),
  reading: z.string().nullable(),
  /** Our clock minus Octorate's; null when it told no time. */
  skewMs: z.number().int().nullable(),
  /** The API client of this organization that has the same client id, if there is one. */
  knownAs: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  exchanges: z.array(exchangeSchema),
})
export type Xray = z.infer<typeof xraySchema>
/** What the credentials alone tell, whoever asks. */
export type Examination = Omit<Xray, 'knownAs'>

/**
 * Tries credentials in memory: ApiLogin and a read of the configuration. Nothing is written at Octorate, and neither the
 * credentials nor the token are kept here.
 */
export const takeXray = defineWrite({
  method: 'POST',
  path: '/api/xray',
  body: z.strictObject({ clientId: credential, clientSecret: credential, upstreamId: z.string().min(1).max(40) }),
  output: xraySchema,
  permission: 'api-clients:write',
  audit: 'xray.taken',
})
