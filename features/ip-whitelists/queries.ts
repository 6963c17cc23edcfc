import { queryOptions } from '@tanstack/react-query'
import { getIpWhitelist } from '@/contracts/ip-whitelists'
import { pollWhileAttended } from '../presence/poll-while-attended'
import { callEndpoint } from '../request'

const POLL_MS = 30_000

/** What the browser asks about Octorate's IP whitelist; the only spelling of its query key. */
export const ipWhitelistQueries = {
  list: (apiClientId: string) =>
    queryOptions({
      queryKey: ['ip-whitelist', apiClientId] as const,
      queryFn: ({ signal }) => callEndpoint(getIpWhitelist, { params: { id: apiClientId }, signal }),
      refetchInterval: pollWhileAttended(POLL_MS),
    }),
}
