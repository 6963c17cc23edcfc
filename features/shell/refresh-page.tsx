'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { presence } from '../presence/presence'

/**
 * Renders the page anew on the server every so often, if somebody has touched it since: such a request cannot say that
 * nobody did, and must not keep a session alive.
 */
export function RefreshPage({ everyMs }: { everyMs: number }) {
  const router = useRouter()
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible' && !presence.takeUnattended()) router.refresh()
    }, everyMs)
    return () => clearInterval(timer)
  }, [router, everyMs])
  return null
}
