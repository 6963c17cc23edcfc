import { queryOptions } from '@tanstack/react-query'
import { listTopUps, planTopUp } from '@/contracts/top-ups'
import { pollWhileAttended } from '../presence/poll-while-attended'
import { callEndpoint } from '../request'

const POLL_MS = 2_000

/** What the browser asks about top ups; the only spelling of the query keys. */
export const topUpQueries = {
  all: () => ['top-ups'] as const,
  list: () =>
    queryOptions({
      queryKey: [...topUpQueries.all(), 'list'] as const,
      queryFn: ({ signal }) => callEndpoint(listTopUps, { signal }),
      refetchInterval: pollWhileAttended(POLL_MS),
    }),
  plan: (apiClientId: string | null) =>
    queryOptions({
      queryKey: [...topUpQueries.all(), 'plan', apiClientId] as const,
      queryFn: ({ signal }) => callEndpoint(planTopUp, { query: apiClientId === null ? {} : { apiClient: apiClientId }, signal }),
      gcTime: 0,
    }),
}
