import { useMutation, useQueryClient } from '@tanstack/react-query'
import { revealAdminToken, testAdminToken } from '@/contracts/admin-tokens'
import { obtainAdminToken } from '@/contracts/api-clients'
import { apiClientQueries } from '../api-clients/queries'
import { callQueries } from '../exchanges/queries'
import { callEndpoint } from '../request'
import { adminTokenQueries } from './queries'

/** Logs in again; the token in use is another from then on. */
export function useSwitchAdminToken(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => callEndpoint(obtainAdminToken, { params: { id } }),
    onSuccess: (apiClient) => client.setQueryData(apiClientQueries.detail(id).queryKey, apiClient),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: adminTokenQueries.list(id).queryKey }),
        client.invalidateQueries({ queryKey: callQueries.last(id, 'admin_token').queryKey }),
      ]),
  })
}

export function useTestAdminToken(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (tokenId: string) => callEndpoint(testAdminToken, { params: { id, tokenId } }),
    onSuccess: (tokens) => client.setQueryData(adminTokenQueries.list(id).queryKey, tokens),
    onSettled: () => client.invalidateQueries({ queryKey: callQueries.last(id, 'admin_token').queryKey }),
  })
}

/** The answer is a secret: it is handed to whoever asked and forgotten here at once. */
export function useRevealAdminToken(id: string) {
  return useMutation({
    mutationFn: ({ tokenId, ...body }: { tokenId: string; password: string; reason: string }) =>
      callEndpoint(revealAdminToken, { params: { id, tokenId }, body }),
    gcTime: 0,
  })
}
