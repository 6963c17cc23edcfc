import { useMutation, useQueryClient } from '@tanstack/react-query'
import { createProperty, type NewPropertyInput } from '@/contracts/property-creations'
import { callQueries } from '../exchanges/queries'
import { callEndpoint } from '../request'
import { propertyCreationQueries } from './queries'

/** One property; the list and the calls are read again whatever came of it. */
export function useCreateProperty(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: NewPropertyInput) => callEndpoint(createProperty, { params: { id }, body }),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: propertyCreationQueries.list(id).queryKey }),
        client.invalidateQueries({ queryKey: callQueries.last(id, 'properties').queryKey }),
      ]),
  })
}
