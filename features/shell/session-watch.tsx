'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { getViewer } from '@/contracts/organizations'
import { pollWhileAttended } from '../presence/poll-while-attended'
import { callEndpoint } from '../request'
import type { Person } from './person'

const WATCH_MS = 2_000

/**
 * Notices within seconds that this page's session is over, or another: a refusal leads to the sign-in page as every
 * refusal does, and another role or organization loads the page anew, so that it shows nothing that is not theirs.
 */
export function SessionWatch({ person }: { person: Person }) {
  const { data } = useQuery({
    queryKey: ['viewer'] as const,
    queryFn: ({ signal }) => callEndpoint(getViewer, { signal }),
    refetchInterval: pollWhileAttended(WATCH_MS),
    retry: false,
  })
  const isOther =
    data !== undefined &&
    (data.id !== person.id ||
      data.organizationId !== person.organizationId ||
      data.role !== person.role ||
      // Who has just enrolled looks at recovery codes that are shown once: that page stays.
      (data.mustEnrol && !person.mustEnrol))
  useEffect(() => {
    if (isOther) window.location.reload()
  }, [isOther])
  return null
}
