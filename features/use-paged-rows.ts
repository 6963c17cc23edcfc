import { useQueries, type UseQueryOptions, type UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'

interface Page {
  readonly items: readonly unknown[]
}

interface PagedRows<Row> {
  /** Undefined while its page is on the way. */
  readonly rowAt: (index: number) => Row | undefined
  readonly onRange: (first: number, last: number) => void
  /** Back to the top, as when another filter is chosen. */
  readonly restart: () => void
  /** A page that could not be loaded at all. */
  readonly failed: Pick<UseQueryResult, 'error' | 'refetch' | 'isFetching'> | undefined
}

/** Rows of a long list of which only the pages that are seen are asked for. */
export function usePagedRows<P extends Page, K extends readonly unknown[]>(
  perPage: number,
  queryOf: (page: number) => UseQueryOptions<P, Error, P, K>,
): PagedRows<P['items'][number]> {
  const [seen, setSeen] = useState({ first: 0, last: 0 })
  const [from, to] = [Math.floor(seen.first / perPage), Math.floor(Math.max(seen.last, seen.first) / perPage)]
  const results = useQueries({ queries: Array.from({ length: to - from + 1 }, (_none, index) => queryOf(from + index)) })
  return {
    rowAt: (index) => {
      const result = results[Math.floor(index / perPage) - from]
      return result?.isPlaceholderData ? undefined : result?.data?.items[index % perPage]
    },
    onRange: (first, last) => setSeen((before) => (before.first === first && before.last === last ? before : { first, last })),
    restart: () => setSeen({ first: 0, last: 0 }),
    failed: results.find(({ error, data }) => error !== null && data === undefined),
  }
}
