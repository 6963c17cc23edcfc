'use client'

import { useEffect, useEffectEvent } from 'react'

/**
 * Calls back when the browser takes this page out of its back/forward cache: it is then as it was when it was left,
 * with its buttons still busy.
 */
export function usePageReturn(onReturn: () => void): void {
  const notify = useEffectEvent(onReturn)
  useEffect(() => {
    const listener = (event: PageTransitionEvent) => {
      if (event.persisted) notify()
    }
    window.addEventListener('pageshow', listener)
    return () => window.removeEventListener('pageshow', listener)
  }, [])
}
