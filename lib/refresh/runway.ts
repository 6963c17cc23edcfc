const HOUR_MS = 3_600_000
/** As far as the picture by the hour goes. */
export const RUNWAY_HOURS = 24
/** One failed refresh is a blip; as many in a row as open the circuit breaker are not. */
const SILENCE_COUNTS_FROM = 5

/** Why access tokens are not renewed at the moment: Octorate does not answer, or refuses the API client, or its quota. */
export const REFUSAL_KINDS = ['outage', 'credentials', 'quota'] as const
export type RefusalKind = (typeof REFUSAL_KINDS)[number]

export interface Refusal {
  readonly kind: RefusalKind
  readonly since: Date
}

/** Refreshes in a row that met no answer. */
export interface Silence {
  readonly since: Date
  readonly failures: number
}

interface Evidence {
  /** Since the API client last got an answer, and since anybody got one from its upstream, where any were silent since. */
  readonly silences: readonly Silence[]
  /** Since when Octorate refuses the API client itself. */
  readonly refusedAt: Date | null
  /** Since when its refreshes are refused for the quota, none having succeeded after. */
  readonly quotaSince: Date | null
}

/** What keeps the tokens of an API client from being renewed; null when nothing does. The widest cause is named. */
export function refusalOf({ silences, refusedAt, quotaSince }: Evidence): Refusal | null {
  const counting = silences.filter(({ failures }) => failures >= SILENCE_COUNTS_FROM).map(({ since }) => since.getTime())
  if (counting.length > 0) return { kind: 'outage', since: new Date(Math.min(...counting)) }
  if (refusedAt) return { kind: 'credentials', since: refusedAt }
  return quotaSince && { kind: 'quota', since: quotaSince }
}

/** Properties that lose access in the hour that ends at `until`; without one for those that have lost it already. */
export interface EndsOfHour {
  readonly until: Date | null
  readonly count: number
  readonly firstAt: Date | null
  readonly lastAt: Date | null
}

export interface Runway {
  readonly total: number
  readonly over: number
  readonly firstAt: Date | null
  readonly lastAt: Date | null
  /** `without`: how many are without access when the hour is over. */
  readonly hours: readonly { readonly until: Date; readonly ends: number; readonly without: number }[]
  readonly later: number
}

/** What is counted by the hour, as the next day: an end on the hour belongs to the hour that it closes. */
export function toRunway(ends: readonly EndsOfHour[], now: Date): Runway {
  const count = (which: (row: EndsOfHour) => boolean) => ends.filter(which).reduce((sum, row) => sum + row.count, 0)
  const times = (of: (row: EndsOfHour) => Date | null) => ends.map(of).filter((at) => at !== null).map((at) => at.getTime())
  const total = count(() => true)
  const over = count(({ until }) => until === null)
  const [firsts, lasts] = [times(({ firstAt }) => firstAt), times(({ lastAt }) => lastAt)]
  let without = over
  const hours = hoursAfter(now).map((until) => {
    const inHour = count((row) => row.until?.getTime() === until.getTime())
    without += inHour
    return { until, ends: inHour, without }
  })
  return {
    total, over, hours,
    firstAt: firsts.length === 0 ? null : new Date(Math.min(...firsts)),
    lastAt: lasts.length === 0 ? null : new Date(Math.max(...lasts)),
    later: total - without,
  }
}

/** The ends of the hours that begin with the present one. */
function hoursAfter(now: Date): Date[] {
  const first = (Math.floor(now.getTime() / HOUR_MS) + 1) * HOUR_MS
  return Array.from({ length: RUNWAY_HOURS }, (_, index) => new Date(first + index * HOUR_MS))
}
