'use client'

import { useEffect, useState } from 'react'
import { readClock, toMs } from '@/components/server-clock'

export type ConsentReturn = {
  /** By the server's clock; null until somebody came back from the consent. */
  returnedAtMs: number | null
  /** The consent was opened, for the first time or once more. */
  markOpened: () => void
  isOpened: boolean
}

/** When the person first came back to this tab after the consent was opened in another. `now` is the server's instant. */
export function useConsentReturn(now: string): ConsentReturn {
  const [isOpened, setOpened] = useState(false)
  const [returnedAtMs, setReturnedAtMs] = useState<number | null>(null)
  useEffect(() => {
    if (!isOpened || returnedAtMs !== null) return
    const look = () => {
      if (document.visibilityState === 'visible') setReturnedAtMs(readClock(toMs(now), Date.now()))
    }
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [isOpened, returnedAtMs, now])
  const markOpened = () => {
    setOpened(true)
    setReturnedAtMs(null)
  }
  return { returnedAtMs, markOpened, isOpened }
}
