import type { Tone } from './ui/tone'

/** At which remaining time a countdown becomes a warning, then a danger. */
export type Thresholds = { warningMs: number; dangerMs: number }

export const DAY_THRESHOLDS: Thresholds = { warningMs: 2 * 3_600_000, dangerMs: 15 * 60_000 }
export const MINUTE_THRESHOLDS: Thresholds = { warningMs: 30_000, dangerMs: 10_000 }

export type RemainingTone = Extract<Tone, 'success' | 'warning' | 'danger'>

/** The tone of a remaining time; at or below a threshold its tone holds. */
export function toneOfRemaining(remainingMs: number, { warningMs, dangerMs }: Thresholds): RemainingTone {
  if (remainingMs <= dangerMs) return 'danger'
  return remainingMs <= warningMs ? 'warning' : 'success'
}

/**
 * The moment of the last threshold that was crossed, as the remaining milliseconds to announce; null before the first.
 * It changes at thresholds only, so a live region that says it does not speak each second.
 */
export function lastCrossed(remainingMs: number, announceAtMs: readonly number[]): number | null {
  const crossed = announceAtMs.filter((threshold) => remainingMs <= threshold)
  return crossed.length === 0 ? null : Math.min(...crossed)
}

/** Share of `totalMs` that is left, between 0 and 1. */
export function shareLeft(remainingMs: number, totalMs: number): number {
  if (totalMs <= 0) return 0
  return Math.min(1, Math.max(0, remainingMs / totalMs))
}
