import { queryOptions } from '@tanstack/react-query'
import { listReturnAddresses } from '@/contracts/return-addresses'
import { callEndpoint } from '../request'

/** What the browser asks about return addresses; the only spelling of their query keys. */
export const returnAddressQueries = {
  list: (apiClientId: string) =>
    queryOptions({
      queryKey: ['return-addresses', apiClientId] as const,
      queryFn: ({ signal }) => callEndpoint(listReturnAddresses, { params: { id: apiClientId }, signal }),
    }),
}
