import { useMutation, useQueryClient } from '@tanstack/react-query'
import { confirmIpWhitelist, requestIpWhitelist, verifyIpWhitelist, type IpWhitelist } from '@/contracts/ip-whitelists'
import { callQueries } from '../exchanges/queries'
import { letterQueries } from '../letters/queries'
import { callEndpoint } from '../request'
import { ipWhitelistQueries } from './queries'

export function useRequestWhitelist(id: string) {
  return useWhitelistMutation(id, (revision: number) => callEndpoint(requestIpWhitelist, { params: { id }, body: { revision } }))
}

export function useConfirmWhitelist(id: string) {
  return useWhitelistMutation(id, ({ versionId, how }: { versionId: string; how: string }) =>
    callEndpoint(confirmIpWhitelist, { params: { id, versionId }, body: { how } }),
  )
}

export function useVerifyWhitelist(id: string) {
  return useWhitelistMutation(id, (propertyId: string) => callEndpoint(verifyIpWhitelist, { params: { id }, body: { propertyId } }))
}

/** A request leaves a letter besides, and verifying its calls. */
function useWhitelistMutation<V>(id: string, mutationFn: (variables: V) => Promise<IpWhitelist>) {
  const client = useQueryClient()
  const { queryKey } = ipWhitelistQueries.list(id)
  return useMutation({
    mutationFn,
    onMutate: () => client.cancelQueries({ queryKey }),
    onSuccess: (list) => client.setQueryData(queryKey, list),
    onSettled: (_list, error) =>
      Promise.all([
        error === null ? undefined : client.invalidateQueries({ queryKey }),
        client.invalidateQueries({ queryKey: callQueries.last(id, 'ip_whitelist').queryKey }),
        client.invalidateQueries({ queryKey: letterQueries.list(id).queryKey }),
      ]),
  })
}
