import { queryOptions } from '@tanstack/react-query'
import { getIncident, listIncidents } from '@/contracts/incidents'
import { pollWhileAttended } from '../presence/poll-while-attended'
import { callEndpoint } from '../request'

const POLL_MS = 5_000

/** What the browser asks about incidents; the only spelling of their query keys. */
export const incidentQueries = {
  all: () => ['incidents'] as const,
  list: () =>
    queryOptions({
      queryKey: [...incidentQueries.all(), 'list'] as const,
      queryFn: ({ signal }) => callEndpoint(listIncidents, { signal }),
      refetchInterval: pollWhileAttended(POLL_MS),
    }),
  detail: (id: string) =>
    queryOptions({
      queryKey: [...incidentQueries.all(), 'detail', id] as const,
      queryFn: ({ signal }) => callEndpoint(getIncident, { params: { id }, signal }),
      refetchInterval: pollWhileAttended(POLL_MS),
    }),
}
