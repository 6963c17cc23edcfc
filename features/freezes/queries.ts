import { queryOptions } from '@tanstack/react-query'
import { listFreezes } from '@/contracts/freezes'
import { pollWhileAttended } from '../presence/poll-while-attended'
import { callEndpoint } from '../request'

const POLL_MS = 15_000

/** What the browser asks about freezes; the only spelling of their query keys. */
export const freezeQueries = {
  list: () =>
    queryOptions({
      queryKey: ['freezes'] as const,
      queryFn: ({ signal }) => callEndpoint(listFreezes, { signal }),
      refetchInterval: pollWhileAttended(POLL_MS),
    }),
}
