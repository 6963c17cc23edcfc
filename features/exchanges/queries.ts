import { queryOptions } from '@tanstack/react-query'
import { getLastCalls, type CallAct } from '@/contracts/calls'
import { callEndpoint } from '../request'

/** What the browser asks about the calls of an act; the only spelling of their query keys. */
export const callQueries = {
  last: (apiClientId: string, act: CallAct) =>
    queryOptions({
      queryKey: ['calls', apiClientId, act] as const,
      queryFn: ({ signal }) => callEndpoint(getLastCalls, { params: { id: apiClientId }, query: { act }, signal }),
    }),
}
