import { useMutation, useQueryClient } from '@tanstack/react-query'
import {
  adoptRedirectUris,
  readRedirectUris,
  undoRedirectUriWrite,
  unwantRedirectUri,
  wantRedirectUri,
  writeRedirectUris,
  type RedirectUriState,
} from '@/contracts/redirect-uris'
import { callQueries } from '../exchanges/queries'
import { letterQueries } from '../letters/queries'
import { callEndpoint } from '../request'
import { redirectUriQueries } from './queries'

export function useReadRedirectUris(id: string) {
  return useStateMutation(id, () => callEndpoint(readRedirectUris, { params: { id } }))
}

export function useWantRedirectUri(id: string) {
  return useStateMutation(id, (body: { uri: string; note?: string }) => callEndpoint(wantRedirectUri, { params: { id }, body }))
}

export function useUnwantRedirectUri(id: string) {
  return useStateMutation(id, (wantedId: string) => callEndpoint(unwantRedirectUri, { params: { id, wantedId } }))
}

export function useAdoptRedirectUris(id: string) {
  return useStateMutation(id, () => callEndpoint(adoptRedirectUris, { params: { id } }))
}

export function useWriteRedirectUris(id: string) {
  return useStateMutation(id, (body: { add: string[]; remove: string[]; confirmation: string }) =>
    callEndpoint(writeRedirectUris, { params: { id }, body }),
  )
}

export function useUndoRedirectUriWrite(id: string) {
  return useStateMutation(id, ({ writeId, confirmation }: { writeId: string; confirmation: string }) =>
    callEndpoint(undoRedirectUriWrite, { params: { id, writeId }, body: { confirmation } }),
  )
}

/** Also a failed act may have found out something, and has left its calls. */
function useStateMutation<V = void>(id: string, mutationFn: (variables: V) => Promise<RedirectUriState>) {
  const client = useQueryClient()
  const { queryKey } = redirectUriQueries.state(id)
  return useMutation({
    mutationFn,
    onMutate: () => client.cancelQueries({ queryKey }),
    onSuccess: (state) => client.setQueryData(queryKey, state),
    onSettled: (_state, error) =>
      Promise.all([
        error === null ? undefined : client.invalidateQueries({ queryKey }),
        client.invalidateQueries({ queryKey: callQueries.last(id, 'redirect_uris').queryKey }),
        client.invalidateQueries({ queryKey: letterQueries.list(id).queryKey }),
      ]),
  })
}
