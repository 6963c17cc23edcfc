import { queryOptions } from '@tanstack/react-query'
import { listLetters } from '@/contracts/letters'
import { callEndpoint } from '../request'

/** What the browser asks about letters; the only spelling of their query keys. */
export const letterQueries = {
  list: (apiClientId: string) =>
    queryOptions({
      queryKey: ['letters', apiClientId] as const,
      queryFn: ({ signal }) => callEndpoint(listLetters, { params: { id: apiClientId }, signal }),
    }),
}
