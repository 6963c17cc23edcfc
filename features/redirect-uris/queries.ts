import { queryOptions } from '@tanstack/react-query'
import { getRedirectUris } from '@/contracts/redirect-uris'
import { pollWhileAttended } from '../presence/poll-while-attended'
import { callEndpoint } from '../request'

const POLL_MS = 15_000

/** What the browser asks about redirect URIs; the only spelling of their query keys. */
export const redirectUriQueries = {
  state: (apiClientId: string) =>
    queryOptions({
      queryKey: ['redirect-uris', apiClientId] as const,
      queryFn: ({ signal }) => callEndpoint(getRedirectUris, { params: { id: apiClientId }, signal }),
      refetchInterval: pollWhileAttended(POLL_MS),
    }),
}
