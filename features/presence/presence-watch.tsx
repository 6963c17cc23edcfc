'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { presence, watchTouches } from './presence'

/** Keeps track of whether somebody is at the page, and asks anew for what it shows when they come back. */
export function PresenceWatch() {
  const client = useQueryClient()
  useEffect(() => {
    const leave = presence.onReturn(() => void client.refetchQueries({ type: 'active', stale: true }))
    const unwatch = watchTouches(presence.touch)
    return () => {
      leave()
      unwatch()
    }
  }, [client])
  return null
}
