import { queryOptions } from '@tanstack/react-query'
import { getOrganization } from '@/contracts/organizations'
import { callEndpoint } from '../request'

/** What the browser asks about the organization; the only spelling of its query key. */
export const organizationQueries = {
  current: () =>
    queryOptions({
      queryKey: ['organization'] as const,
      queryFn: ({ signal }) => callEndpoint(getOrganization, { signal }),
    }),
}
