/** A tenth wider than the rate asks for, so that no sliding second sees more than the cap when a timer fires late. */
const MARGIN = 1.1
/** At the slowest one refresh every five seconds: slow enough for a quota, fast enough to notice that it is over. */
export const WIDEST_GAP_MS = 5_000
const NARROWEST_AFTER_QUOTA_MS = 50
const NARROWING = 0.8
/** While Octorate refuses the API client itself, one refresh a minute asks whether that is still so. */
export const REFUSED_GAP_MS = 60_000

/** Milliseconds between two refreshes of one API client at `perSecond`; 0 when there is no cap. */
export function gapOf(perSecond: number): number {
  return perSecond === 0 ? 0 : (1_000 * MARGIN) / perSecond
}

/** The gap after Octorate said that the quota is used up. */
export function widen(gapMs: number): number {
  return Math.min(Math.max(gapMs, NARROWEST_AFTER_QUOTA_MS) * 2, WIDEST_GAP_MS)
}

/** The gap after `successes` refreshes, never narrower than the rate allows. */
export function narrow(gapMs: number, baseMs: number, successes = 1): number {
  const narrowed = Math.min(gapMs, WIDEST_GAP_MS) * NARROWING ** successes
  return narrowed <= Math.max(baseMs, 1) ? baseMs : narrowed
}
