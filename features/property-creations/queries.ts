import { queryOptions } from '@tanstack/react-query'
import { listPropertyCreations } from '@/contracts/property-creations'
import { callEndpoint } from '../request'

/** What the browser asks about new properties; the only spelling of their query keys. */
export const propertyCreationQueries = {
  list: (apiClientId: string) =>
    queryOptions({
      queryKey: ['property-creations', apiClientId] as const,
      queryFn: ({ signal }) => callEndpoint(listPropertyCreations, { params: { id: apiClientId }, signal }),
    }),
}
