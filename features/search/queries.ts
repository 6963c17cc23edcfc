import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { search } from '@/contracts/search'
import { callEndpoint } from '../request'

/** What the search over everything asks; the only spelling of its query keys. */
export const searchQueries = {
  results: (q: string) =>
    queryOptions({
      queryKey: ['search', q] as const,
      queryFn: ({ signal }) => callEndpoint(search, { query: { q }, signal }),
      placeholderData: keepPreviousData,
      enabled: q.length >= 2,
    }),
}
