import { queryOptions } from '@tanstack/react-query'
import { listAdminTokens } from '@/contracts/admin-tokens'
import { callEndpoint } from '../request'

/** What the browser asks about admin tokens; the only spelling of their query keys. A revealed token is never among it. */
export const adminTokenQueries = {
  list: (apiClientId: string) =>
    queryOptions({
      queryKey: ['admin-tokens', apiClientId] as const,
      queryFn: ({ signal }) => callEndpoint(listAdminTokens, { params: { id: apiClientId }, signal }),
    }),
}
