import { queryOptions } from '@tanstack/react-query'
import { getPerson, listPeople } from '@/contracts/people'
import { pollWhileAttended } from '../presence/poll-while-attended'
import { callEndpoint } from '../request'

const POLL_MS = 15_000

/** What the browser asks about people; the only spelling of their query keys. */
export const peopleQueries = {
  all: () => ['people'] as const,
  list: () =>
    queryOptions({
      queryKey: [...peopleQueries.all(), 'list'] as const,
      queryFn: ({ signal }) => callEndpoint(listPeople, { signal }),
      refetchInterval: pollWhileAttended(POLL_MS),
    }),
  detail: (id: string) =>
    queryOptions({
      queryKey: [...peopleQueries.all(), 'detail', id] as const,
      queryFn: ({ signal }) => callEndpoint(getPerson, { params: { id }, signal }),
      refetchInterval: pollWhileAttended(POLL_MS),
    }),
}
