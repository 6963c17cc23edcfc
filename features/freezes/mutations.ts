import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { liftFreeze, placeFreeze, type Freeze } from '@/contracts/freezes'
import { callEndpoint } from '../request'
import { freezeQueries } from './queries'

export const usePlaceFreeze = () => useFreezeMutation((body: z.input<typeof placeFreeze.body>) => callEndpoint(placeFreeze, { body }))

export const useLiftFreeze = (id: string) => useFreezeMutation((reason: string) => callEndpoint(liftFreeze, { params: { id }, body: { reason } }))

function useFreezeMutation<V>(mutationFn: (given: V) => Promise<{ items: Freeze[] }>) {
  const client = useQueryClient()
  const { queryKey } = freezeQueries.list()
  return useMutation({ mutationFn, onSuccess: (freezes) => client.setQueryData(queryKey, freezes) })
}
