import { REFUSAL_KINDS } from '@/lib/refresh/runway'
import { STORM_REASONS } from '@/lib/refresh/forecast'
import { defineRead } from './define-endpoint'
import { z } from './zod'

const instant = z.iso.datetime()
const count = z.number().int()
const permission = 'connections:read'

export const refusalKindSchema = z.enum(REFUSAL_KINDS)
export type { RefusalKind } from '@/lib/refresh/runway'

/** When properties lose access if no access token is renewed. A property that several connections cover keeps the last. */
export const runwayShape = z.object({
  /** Properties of connections that are refreshed by themselves. */
  total: count,
  /** Of these, how many have no valid access token already. */
  over: count,
  /** When the first of the others loses access; null when there is none. */
  firstAt: instant.nullable(),
  lastAt: instant.nullable(),
  /** The next 24 hours. `ends`: how many lose access within the hour; one that ends on the hour belongs to the hour it closes. */
  hours: z.array(z.object({ until: instant, ends: count, without: count })),
  /** How many have access still after these. */
  later: count,
})
export type RunwayFacts = z.infer<typeof runwayShape>

const refusalSchema = z.object({ kind: refusalKindSchema, since: instant })

export const runwaySchema = z.object({
  at: instant,
  /** All API clients together. */
  all: runwayShape,
  /** Those API clients together whose tokens are not renewed at the moment; null when there is none. `since` is the earliest. */
  refused: runwayShape.extend({ since: instant, kinds: z.array(refusalKindSchema) }).nullable(),
  apiClients: z.array(runwayShape.extend({ id: z.uuid(), name: z.string(), refusal: refusalSchema.nullable() })),
})
export type Runway = z.infer<typeof runwaySchema>

export const getRunway = defineRead({ path: '/api/runway', output: runwaySchema, permission })

export const forecastSchema = z.object({
  /** Refreshes that are due already. */
  overdue: count,
  /** 24 hours of the clock, the present one first, with what is due already. */
  hours: z.array(z.object({ from: instant, due: count })),
  /** Hours in which more is due than passes well. */
  storms: z.array(
    z.object({
      apiClient: z.object({ id: z.uuid(), name: z.string() }),
      from: instant,
      due: count,
      reason: z.enum(STORM_REASONS),
    }),
  ),
})
export type Forecast = z.infer<typeof forecastSchema>

/** Refreshes that fall due in each of the next 24 hours, if all goes well. */
export const getForecast = defineRead({ path: '/api/runway/forecast', output: forecastSchema, permission })

/** What ends when, by kind of token: the four lives that are easily mistaken for each other. */
export const tokenEndsSchema = z.object({
  /** Of connections that hold one: a day. */
  accessTokens: z.object({ count, over: count, firstAt: instant.nullable() }),
  /** One for each API client that logged in: a year. */
  adminTokens: z.object({ count, over: count, firstAt: instant.nullable() }),
  /** They never end by themselves; `dead` are those that Octorate refuses, so that the hotelier must consent again. */
  refreshTokens: z.object({ count, dead: count }),
  /** Open links to hoteliers: minutes to days. */
  links: z.object({ count, firstAt: instant.nullable() }),
})
export type TokenEnds = z.infer<typeof tokenEndsSchema>
