import { queryOptions } from '@tanstack/react-query'
import { getKeyRestriction } from '@/contracts/key-restrictions'
import { pollWhileAttended } from '../presence/poll-while-attended'
import { callEndpoint } from '../request'

const POLL_MS = 30_000

/** What the browser asks about the restriction of a machine key; the only spelling of its query key. */
export const keyRestrictionQueries = {
  list: (machineKeyId: string) =>
    queryOptions({
      queryKey: ['key-restriction', machineKeyId] as const,
      queryFn: ({ signal }) => callEndpoint(getKeyRestriction, { params: { id: machineKeyId }, signal }),
      refetchInterval: pollWhileAttended(POLL_MS),
    }),
}
