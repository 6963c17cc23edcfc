import { useMutation, useQueryClient } from '@tanstack/react-query'
import { cancelTopUp, startTopUp } from '@/contracts/top-ups'
import { callEndpoint } from '../request'
import { runwayQueries } from '../runway/queries'
import { topUpQueries } from './queries'

export const useStartTopUp = () =>
  useAct((apiClientId: string | null) => callEndpoint(startTopUp, { body: apiClientId === null ? {} : { apiClientId } }))

export const useCancelTopUp = () => useAct((id: string) => callEndpoint(cancelTopUp, { params: { id } }))

function useAct<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn,
    onSettled: () => Promise.all([topUpQueries.all(), runwayQueries.all()].map((queryKey) => client.invalidateQueries({ queryKey }))),
  })
}
