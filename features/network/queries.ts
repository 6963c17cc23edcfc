import { queryOptions } from '@tanstack/react-query'
import { getClientAddress } from '@/contracts/client-addresses'
import { callEndpoint } from '../request'

/** What the browser asks about the way that its requests take; the only spelling of the query key. */
export const networkQueries = {
  clientAddress: () => queryOptions({ queryKey: ['client-address'] as const, queryFn: ({ signal }) => callEndpoint(getClientAddress, { signal }) }),
}
