import { useCallback } from 'react'
import { formatClock } from './format-clock'
import { toMs, type Instant } from './server-clock'
import { useIsInBrowser } from './use-is-in-browser'

/** Writes instants on the wall clock of whoever looks; until the page is alive, in UTC and saying so. */
export function useClockText(now: Instant): (at: Instant) => string {
  const isInBrowser = useIsInBrowser()
  return useCallback((at) => formatClock(toMs(at), { nowMs: toMs(now), timeZone: isInBrowser ? undefined : 'UTC' }), [now, isInBrowser])
}
