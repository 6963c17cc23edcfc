'use client'

import { useSearchParams } from 'next/navigation'
import { useMemo } from 'react'
import type { MachineKeyQuery } from '@/contracts/machine-keys'
import { machineKeysHref, parseKeyQuery } from './key-query'

type Change = { readonly [K in keyof MachineKeyQuery]?: MachineKeyQuery[K] | undefined }

export type ListQuery = {
  query: MachineKeyQuery
  /** Every change begins at the first page, unless it names a page. `replace` adds no step for the back button. */
  change: (change: Change, options?: { replace: boolean }) => void
}

/** The list's query, which lives in the address alone: it can be shared, and the back button brings it back. */
export function useListQuery(): ListQuery {
  const search = useSearchParams().toString()
  const query = useMemo(() => parseKeyQuery(firstOfEach(new URLSearchParams(search))), [search])
  const change: ListQuery['change'] = (changed, { replace } = { replace: false }) => {
    const next = parseKeyQuery(toStrings({ ...query, page: 1, ...changed }))
    // Next keeps useSearchParams in step with the browser's own history, without a round trip for the page.
    window.history[replace ? 'replaceState' : 'pushState'](null, '', machineKeysHref(next))
  }
  return { query, change }
}

/** As the server reads it: of a value that is there twice the first counts. */
function firstOfEach(search: URLSearchParams): Record<string, string> {
  return Object.fromEntries([...search].reverse())
}

function toStrings(query: Change): Record<string, string> {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined)
  return Object.fromEntries(pairs.map(([name, value]) => [name, String(value)]))
}
