import { queryOptions } from '@tanstack/react-query'
import { listHandOutAddresses, listTakers } from '@/contracts/hand-outs'
import { pollWhileAttended } from '../presence/poll-while-attended'
import { callEndpoint } from '../request'

const POLL_MS = 60_000

/** What the browser asks about hand-outs; the only spelling of their query keys. */
export const handOutQueries = {
  all: () => ['hand-outs'] as const,
  ofConnection: (id: string) =>
    queryOptions({
      queryKey: [...handOutQueries.all(), 'connection', id] as const,
      queryFn: ({ signal }) => callEndpoint(listTakers, { params: { id }, signal }),
      refetchInterval: pollWhileAttended(POLL_MS),
    }),
  ofMachineKey: (id: string) =>
    queryOptions({
      queryKey: [...handOutQueries.all(), 'machine-key', id] as const,
      queryFn: ({ signal }) => callEndpoint(listHandOutAddresses, { params: { id }, signal }),
      refetchInterval: pollWhileAttended(POLL_MS),
    }),
}
