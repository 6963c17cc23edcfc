import { queryOptions } from '@tanstack/react-query'
import { getTwoFactor } from '@/contracts/two-factor'
import { callEndpoint } from '../request'

/** What the browser asks about two-factor sign-in; the only spelling of its query key. */
export const twoFactorQueries = {
  state: () =>
    queryOptions({
      queryKey: ['two-factor'] as const,
      queryFn: ({ signal }) => callEndpoint(getTwoFactor, { signal }),
    }),
}
