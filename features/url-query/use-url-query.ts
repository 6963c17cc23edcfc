'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useMemo } from 'react'
import type { z } from 'zod'
import { readUrlQuery } from './read-url-query'

/**
 * The query of a page's list, which lives in the address alone. `schema` reads each value by itself, and falls back to its
 * default. Every change begins at the first page, unless it names one.
 */
export function useUrlQuery<T extends object>(schema: z.ZodType<T>): { query: T; change: (change: Partial<Record<keyof T, unknown>>) => void } {
  const search = useSearchParams().toString()
  const pathname = usePathname()
  const query = useMemo(() => readUrlQuery(schema, Object.fromEntries(new URLSearchParams(search))), [schema, search])
  const change = (changed: Partial<Record<keyof T, unknown>>) => {
    const defaults = readUrlQuery(schema, {})
    const next = Object.entries<unknown>({ ...query, page: 1, ...changed }).filter(
      ([name, value]) => value !== undefined && value !== '' && value !== defaults[name as keyof T],
    )
    const text = new URLSearchParams(next.map(([name, value]) => [name, String(value)])).toString()
    // Next keeps useSearchParams in step with the browser's own history, without a round trip for the page.
    window.history.pushState(null, '', text === '' ? pathname : `${pathname}?${text}`)
  }
  return { query, change }
}
