import { QUOTA_WINDOW_MS } from './forecast'

/** What back ends of the same API client may need meanwhile: this part of the quota is left to them. */
const RESERVE = 0.1

export interface QuotaReading {
  /** Calls left, as Octorate's last answer said; null when it did not. */
  readonly remaining: number | null
  /** The most that was left within a day; 0 when nobody knows. */
  readonly most: number
  readonly readAt: Date
  /** When a call was last refused for the quota. */
  readonly refusedAt: Date | null
}

/** Calls that are left now; null when nobody knows. A reading is good for the five minutes of its window: then all are back. */
export function callsLeft(reading: QuotaReading | null, now: Date): number | null {
  if (!reading) return null
  const isFresh = (at: Date | null) => at !== null && now.getTime() - at.getTime() < QUOTA_WINDOW_MS
  if (isFresh(reading.readAt) && reading.remaining !== null) return reading.remaining
  if (isFresh(reading.refusedAt)) return 0
  return reading.most > 0 ? reading.most : null
}

interface Wanted {
  readonly connections: number
  /** Milliseconds between two refreshes; 0 when there is no cap. */
  readonly gapMs: number
  readonly left: number | null
  readonly most: number
}

/** Calls of a top up within five minutes, and whether the quota has them and leaves a tenth to others. */
export function judgeQuota({ connections, gapMs, left, most }: Wanted): { needed: number; suffices: boolean } {
  const needed = gapMs === 0 ? connections : Math.min(connections, Math.floor(QUOTA_WINDOW_MS / gapMs) + 1)
  return { needed, suffices: left === null || needed + Math.ceil(most * RESERVE) <= left }
}

/** Milliseconds from the first refresh to the last. */
export function topUpMs({ connections, gapMs }: Pick<Wanted, 'connections' | 'gapMs'>): number {
  return Math.max(0, connections - 1) * gapMs
}
