'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useMemo } from 'react'
import type { z } from 'zod'
import { readUrlQuery } from './read-url-query'

export interface UrlQuery<T extends object> {
  readonly query: T
  /** Every change begins at the first page, unless it names one. `replace` adds no step for the back button. */
  readonly change: (change: Partial<Record<keyof T, unknown>>, options?: { readonly replace: boolean }) => void
}

/**
 * The query of a page's list, which lives in the address alone. `schema` reads each value by itself, and falls back to its
 * default.
 */
export function useUrlQuery<T extends object>(schema: z.ZodType<T>): UrlQuery<T> {
  const search = useSearchParams().toString()
  const pathname = usePathname()
  const query = useMemo(() => readUrlQuery(schema, firstOfEach(new URLSearchParams(search))), [schema, search])
  const change: UrlQuery<T>['change'] = (changed, { replace } = { replace: false }) => {
    const defaults = readUrlQuery(schema, {})
    const next = Object.entries<unknown>({ ...query, page: 1, ...changed }).filter(
      ([name, value]) => value !== undefined && value !== '' && value !== defaults[name as keyof T],
    )
    const text = new URLSearchParams(next.map(([name, value]) => [name, String(value)])).toString()
    // Next keeps useSearchParams in step with the browser's own history, without a round trip for the page.
    window.history[replace ? 'replaceState' : 'pushState'](null, '', text === '' ? pathname : `${pathname}?${text}`)
  }
  return { query, change }
}

/** As the server reads it: of a value that is there twice the first counts. */
function firstOfEach(search: URLSearchParams): Record<string, string> {
  return Object.fromEntries([...search].toReversed())
}
