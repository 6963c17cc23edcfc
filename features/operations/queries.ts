import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { getOperation, listOperationCauses, listOperations, type OperationQuery } from '@/contracts/operations'
import { pollWhileAttended } from '../presence/poll-while-attended'
import { callEndpoint } from '../request'

const POLL_MS = 10_000

/** What the browser asks about calls to Octorate; the only spelling of their query keys. */
export const operationQueries = {
  all: () => ['operations'] as const,
  list: (query: OperationQuery) =>
    queryOptions({
      queryKey: [...operationQueries.all(), 'list', query] as const,
      queryFn: ({ signal }) => callEndpoint(listOperations, { query, signal }),
      refetchInterval: pollWhileAttended(POLL_MS),
      placeholderData: keepPreviousData,
    }),
  causes: () =>
    queryOptions({
      queryKey: [...operationQueries.all(), 'causes'] as const,
      queryFn: ({ signal }) => callEndpoint(listOperationCauses, { signal }),
      refetchInterval: pollWhileAttended(POLL_MS),
    }),
  detail: (id: string) =>
    queryOptions({
      queryKey: [...operationQueries.all(), 'detail', id] as const,
      queryFn: ({ signal }) => callEndpoint(getOperation, { params: { id }, signal }),
    }),
}
