import { queryOptions } from '@tanstack/react-query'
import { listSessions } from '@/contracts/sessions'
import { pollWhileAttended } from '../presence/poll-while-attended'
import { callEndpoint } from '../request'

const POLL_MS = 30_000

/** What the browser asks about the person's own sessions; the only spelling of their query keys. */
export const sessionQueries = {
  list: () =>
    queryOptions({
      queryKey: ['sessions', 'list'] as const,
      queryFn: ({ signal }) => callEndpoint(listSessions, { signal }),
      refetchInterval: pollWhileAttended(POLL_MS),
    }),
}
