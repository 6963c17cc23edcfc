import { queryOptions } from '@tanstack/react-query'
import { getApiClient, getSecretDependents, listApiClients } from '@/contracts/api-clients'
import { pollWhileAttended } from '../presence/poll-while-attended'
import { callEndpoint } from '../request'

const LIST_POLL_MS = 30_000
const DETAIL_POLL_MS = 15_000

/** What the browser asks about API clients; the only spelling of their query keys. */
export const apiClientQueries = {
  all: () => ['api-clients'] as const,
  list: () =>
    queryOptions({
      queryKey: [...apiClientQueries.all(), 'list'] as const,
      queryFn: ({ signal }) => callEndpoint(listApiClients, { signal }),
      refetchInterval: pollWhileAttended(LIST_POLL_MS),
    }),
  detail: (id: string) =>
    queryOptions({
      queryKey: [...apiClientQueries.all(), 'detail', id] as const,
      queryFn: ({ signal }) => callEndpoint(getApiClient, { params: { id }, signal }),
      refetchInterval: pollWhileAttended(DETAIL_POLL_MS),
    }),
  /** Asked when somebody is about to replace the secret. */
  secretDependents: (id: string) =>
    queryOptions({
      queryKey: [...apiClientQueries.all(), 'secret-dependents', id] as const,
      queryFn: ({ signal }) => callEndpoint(getSecretDependents, { params: { id }, signal }),
    }),
}
