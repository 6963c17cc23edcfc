import { dueAt } from './due-at'

const HOUR_MS = 3_600_000
const FORECAST_HOURS = 24
/** The window of Octorate's quota (contract, "Errors"). */
export const QUOTA_WINDOW_MS = 5 * 60_000
/** Spread over 30 % of a day, an hour sees about a seventh of all connections; twice that came together by an accident. */
const BUNCHED_SHARE = 0.3
/** Of fewer, any hour may have most. */
const BUNCHED_FROM = 20

/** Why an hour is a storm: more than the quota allows, more than the lane sends, or many that came together. */
export const STORM_REASONS = ['quota', 'lane', 'bunched'] as const
export type StormReason = (typeof STORM_REASONS)[number]

export interface Refreshable {
  readonly id: string
  readonly issuedAt: Date
  readonly expiresAt: Date
  /** As its row says. */
  readonly nextAt: Date
}

interface Means {
  readonly now: Date
  /** Milliseconds between two refreshes in the lane; 0 when there is no cap. */
  readonly gapMs: number
  /** Calls that Octorate allows in five minutes; null when nobody knows. */
  readonly quota: number | null
}

export interface ForecastHour {
  readonly from: Date
  readonly due: number
  readonly storm: StormReason | null
}

/**
 * The refreshes of one API client in 24 hours of the clock, the present one first: each connection when its row says, and
 * again after its own share of a token's life, if every refresh succeeds and brings a token that lives as long as the present
 * one. What is due already counts as due now.
 */
export function forecast(connections: readonly Refreshable[], { now, gapMs, quota }: Means): ForecastHour[] {
  const start = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS
  const end = start + FORECAST_HOURS * HOUR_MS
  const windows = Array.from({ length: (FORECAST_HOURS * HOUR_MS) / QUOTA_WINDOW_MS }, () => 0)
  for (const connection of connections) {
    for (const at of duesOf(connection, { now, end })) {
      const index = Math.floor((at - start) / QUOTA_WINDOW_MS)
      windows[index] = (windows[index] ?? 0) + 1
    }
  }
  const perHour = HOUR_MS / QUOTA_WINDOW_MS
  return Array.from({ length: FORECAST_HOURS }, (_, hour) => {
    const inHour = windows.slice(hour * perHour, (hour + 1) * perHour)
    const due = inHour.reduce((sum, count) => sum + count, 0)
    const storm = stormOf({ due, peak: Math.max(...inHour), connections: connections.length, gapMs, quota })
    return { from: new Date(start + hour * HOUR_MS), due, storm }
  })
}

function* duesOf({ id, issuedAt, expiresAt, nextAt }: Refreshable, { now, end }: { now: Date; end: number }): Generator<number> {
  const lifeMs = Math.max(0, expiresAt.getTime() - issuedAt.getTime())
  let at = Math.max(now.getTime(), nextAt.getTime())
  while (at < end) {
    yield at
    at = dueAt({ connectionId: id, issuedAt: new Date(at), expiresAt: new Date(at + lifeMs) }).getTime()
  }
}

interface Hour {
  readonly due: number
  /** The most in five minutes. */
  readonly peak: number
  readonly connections: number
  readonly gapMs: number
  readonly quota: number | null
}

function stormOf({ due, peak, connections, gapMs, quota }: Hour): StormReason | null {
  if (quota !== null && peak > quota) return 'quota'
  if (gapMs > 0 && due > HOUR_MS / gapMs) return 'lane'
  if (connections >= BUNCHED_FROM && due > connections * BUNCHED_SHARE) return 'bunched'
  return null
}
