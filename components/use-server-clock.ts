'use client'

import { useEffect } from 'react'
import { syncClock, toMs, type Instant } from './server-clock'

/**
 * Sets the clock that everything ticks by as soon as a page is there. For pages on which the first thing that ticks
 * may appear later, when the server's `now` is already old.
 */
export function useServerClock(now: Instant): void {
  const serverMs = toMs(now)
  useEffect(() => syncClock(serverMs, Date.now()), [serverMs])
}
