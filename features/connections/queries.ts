import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { countBuckets, getConnection, listConnections, type ConnectionQuery } from '@/contracts/connections'
import { pollWhileAttended } from '../presence/poll-while-attended'
import { callEndpoint } from '../request'

const LIST_POLL_MS = 30_000
/** Whoever looks at one connection while a back end reports a refusal sees it within seconds. */
const DETAIL_POLL_MS = 3_000

/** What the browser asks about connections; the only spelling of their query keys. */
export const connectionQueries = {
  all: () => ['connections'] as const,
  lists: () => [...connectionQueries.all(), 'list'] as const,
  list: (query: ConnectionQuery) =>
    queryOptions({
      queryKey: [...connectionQueries.lists(), query] as const,
      queryFn: ({ signal }) => callEndpoint(listConnections, { query, signal }),
      refetchInterval: pollWhileAttended(LIST_POLL_MS),
      placeholderData: keepPreviousData,
    }),
  buckets: () =>
    queryOptions({
      queryKey: [...connectionQueries.all(), 'buckets'] as const,
      queryFn: ({ signal }) => callEndpoint(countBuckets, { signal }),
      refetchInterval: pollWhileAttended(LIST_POLL_MS),
    }),
  detail: (id: string) =>
    queryOptions({
      queryKey: [...connectionQueries.all(), 'detail', id] as const,
      queryFn: ({ signal }) => callEndpoint(getConnection, { params: { id }, signal }),
      refetchInterval: pollWhileAttended(DETAIL_POLL_MS),
    }),
}
