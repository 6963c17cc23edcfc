import { queryOptions } from '@tanstack/react-query'
import { getAlerts } from '@/contracts/alerts'
import { pollWhileAttended } from '../presence/poll-while-attended'
import { callEndpoint } from '../request'

const POLL_MS = 15_000

/** What the browser asks about alerts; the only spelling of their query keys. */
export const alertQueries = {
  overview: () =>
    queryOptions({
      queryKey: ['alerts'] as const,
      queryFn: ({ signal }) => callEndpoint(getAlerts, { signal }),
      refetchInterval: pollWhileAttended(POLL_MS),
    }),
}
