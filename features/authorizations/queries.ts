import { queryOptions } from '@tanstack/react-query'
import { preflightApiClient } from '@/contracts/api-clients'
import { getAuthorization, type AuthorizationDetail } from '@/contracts/authorizations'
import { pollWhileAttended } from '../presence/poll-while-attended'
import { callEndpoint } from '../request'

const pollWhileUnderWay = pollWhileAttended(1_000)
const PREFLIGHT_FRESH_MS = 15_000

/** What the browser asks about consent flows; the only spelling of their query keys. */
export const authorizationQueries = {
  all: () => ['authorizations'] as const,
  detail: (id: string) =>
    queryOptions({
      queryKey: [...authorizationQueries.all(), 'detail', id] as const,
      queryFn: ({ signal }) => callEndpoint(getAuthorization, { params: { id }, signal }),
      refetchInterval: ({ state }) => (state.data !== undefined && isUnderWay(state.data.status) ? pollWhileUnderWay() : false),
    }),
  /** A look at what would make a connect fail: POST, because it asks Octorate, but it changes nothing. */
  preflight: (apiClientId: string) =>
    queryOptions({
      queryKey: [...authorizationQueries.all(), 'preflight', apiClientId] as const,
      queryFn: ({ signal }) => callEndpoint(preflightApiClient, { params: { id: apiClientId }, signal }),
      staleTime: PREFLIGHT_FRESH_MS,
      gcTime: 0,
    }),
}

/** Whether a flow may still change by itself. */
export function isUnderWay(status: AuthorizationDetail['status']): boolean {
  return status === 'waiting' || status === 'working'
}
