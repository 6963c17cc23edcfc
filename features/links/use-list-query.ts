'use client'

import { useSearchParams } from 'next/navigation'
import { useMemo } from 'react'
import type { LinkQuery } from '@/contracts/links'
import { linksHref, parseLinkQuery } from './link-query'

type Change = { readonly [K in keyof LinkQuery]?: LinkQuery[K] | undefined }

export type ListQuery = {
  query: LinkQuery
  /** Every change begins at the first page, unless it names a page. `replace` adds no step for the back button. */
  change: (change: Change, options?: { replace: boolean }) => void
}

/** The list's query, which lives in the address alone. */
export function useListQuery(): ListQuery {
  const search = useSearchParams().toString()
  const query = useMemo(() => parseLinkQuery(Object.fromEntries([...new URLSearchParams(search)].reverse())), [search])
  const change: ListQuery['change'] = (changed, { replace } = { replace: false }) => {
    const pairs = Object.entries({ ...query, page: 1, ...changed }).filter(([, value]) => value !== undefined)
    const next = parseLinkQuery(Object.fromEntries(pairs.map(([name, value]) => [name, String(value)])))
    window.history[replace ? 'replaceState' : 'pushState'](null, '', linksHref(next))
  }
  return { query, change }
}
