import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { cancelImport, handBackImport, retryImport, startImport, type ImportDetail } from '@/contracts/imports'
import { callEndpoint } from '../request'
import { importQueries } from './queries'

/** Sends the tokens, which are forgotten with the form that held them. */
export function useStartImport() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: z.input<typeof startImport.body>) => callEndpoint(startImport, { body }),
    gcTime: 0,
    onSuccess: () => client.invalidateQueries({ queryKey: importQueries.list().queryKey }),
  })
}

export const useCancelImport = (id: string) => useImportAct(id, () => callEndpoint(cancelImport, { params: { id } }))
export const useHandBackImport = (id: string) => useImportAct(id, () => callEndpoint(handBackImport, { params: { id } }))
export const useRetryImport = (id: string) => useImportAct(id, () => callEndpoint(retryImport, { params: { id } }))

function useImportAct(id: string, mutationFn: () => Promise<ImportDetail>) {
  const client = useQueryClient()
  const { queryKey } = importQueries.detail(id)
  return useMutation({
    mutationFn,
    // A poll that was sent before the act would put the old state back.
    onMutate: () => client.cancelQueries({ queryKey }),
    onSuccess: (detail) => client.setQueryData(queryKey, detail),
    onSettled: () => client.invalidateQueries(),
  })
}
