import { queryOptions } from '@tanstack/react-query'
import { readApiConfiguration } from '@/contracts/api-configuration'
import { callEndpoint } from '../request'

/** What the browser asks about a configuration; the only spelling of its query keys. Each answer costs a call at Octorate. */
export const configurationQueries = {
  live: (apiClientId: string) =>
    queryOptions({
      queryKey: ['api-configuration', apiClientId] as const,
      queryFn: ({ signal }) => callEndpoint(readApiConfiguration, { params: { id: apiClientId }, signal }),
      staleTime: Infinity,
      retry: false,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    }),
}
