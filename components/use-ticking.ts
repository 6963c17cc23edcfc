'use client'

import { useCallback, useSyncExternalStore } from 'react'
import { readClock, subscribeTicks, syncClock, toMs, type Instant } from './server-clock'

/**
 * A value that depends on the time, looked at each second; it renders again only when the value changed.
 * `now` is the server's instant, so that the first paint is the same on both sides.
 */
export function useTicking<T extends string | number | boolean>(now: Instant, compute: (nowMs: number) => T): T {
  const serverMs = toMs(now)
  const subscribe = useCallback(
    (listener: () => void) => {
      syncClock(serverMs, Date.now())
      return subscribeTicks(listener)
    },
    [serverMs],
  )
  return useSyncExternalStore(
    subscribe,
    () => compute(readClock(serverMs, Date.now())),
    () => compute(serverMs),
  )
}
