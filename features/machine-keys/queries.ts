import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { getMachineKey, listMachineKeys, type MachineKeyQuery } from '@/contracts/machine-keys'
import { pollWhileAttended } from '../presence/poll-while-attended'
import { callEndpoint } from '../request'

const LIST_POLL_MS = 30_000
const DETAIL_POLL_MS = 15_000

/** What the browser asks about machine keys; the only spelling of their query keys. */
export const machineKeyQueries = {
  all: () => ['machine-keys'] as const,
  lists: () => [...machineKeyQueries.all(), 'list'] as const,
  list: (query: MachineKeyQuery) =>
    queryOptions({
      queryKey: [...machineKeyQueries.lists(), query] as const,
      queryFn: ({ signal }) => callEndpoint(listMachineKeys, { query, signal }),
      refetchInterval: pollWhileAttended(LIST_POLL_MS),
      placeholderData: keepPreviousData,
    }),
  detail: (id: string) =>
    queryOptions({
      queryKey: [...machineKeyQueries.all(), 'detail', id] as const,
      queryFn: ({ signal }) => callEndpoint(getMachineKey, { params: { id }, signal }),
      refetchInterval: pollWhileAttended(DETAIL_POLL_MS),
    }),
}
