import { environmentSchema } from './api-clients'
import { defineRead } from './define-endpoint'
import { z } from './zod'

const instant = z.iso.datetime()
const idParams = z.strictObject({ id: z.uuid() })

/** Days over which a connection's hand-outs are counted. */
export const HAND_OUT_DAYS = 30
/** Rows that are shown at most: the latest. */
export const MOST_HAND_OUT_ROWS = 100

/** One taker of a connection's access tokens: a key at an address. */
export const takerSchema = z.object({
  machineKey: z.object({ id: z.uuid(), name: z.string(), environment: environmentSchema, last4: z.string() }),
  /** As the front found it, or `unresolved`. */
  address: z.string(),
  firstAt: instant,
  /** The minute of the last one. */
  lastAt: instant,
  inDay: z.number().int(),
  in30Days: z.number().int(),
})
export type Taker = z.infer<typeof takerSchema>

/** An address from which a key was ever handed a token. */
export const handOutAddressSchema = z.object({
  address: z.string(),
  firstAt: instant,
  /** Connections whose token went there. */
  connections: z.number().int(),
  inHour: z.number().int(),
})
export type HandOutAddress = z.infer<typeof handOutAddressSchema>

/** Who was handed a connection's access tokens in the last thirty days, the latest first. */
export const listTakers = defineRead({
  path: '/api/connections/:id/hand-outs',
  params: idParams,
  output: z.object({ items: z.array(takerSchema) }),
  permission: 'machine-keys:manage',
})

/** From where a key was ever handed access tokens, the newest address first. */
export const listHandOutAddresses = defineRead({
  path: '/api/machine-keys/:id/hand-outs',
  params: idParams,
  output: z.object({ items: z.array(handOutAddressSchema) }),
  permission: 'machine-keys:manage',
})
