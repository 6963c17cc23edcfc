'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { choosePropertiesOfConnection, disconnectConnection, pauseRefresh, refreshConnection, resumeRefresh, type ConnectionDetail } from '@/contracts/connections'
import { callEndpoint } from '../request'
import { connectionQueries } from './queries'

/** Asks Octorate for a new access token now. A failure changes the connection too, so it is read again then. */
export function useRefreshConnection(id: string) {
  return useConnectionMutation(id, () => callEndpoint(refreshConnection, { params: { id } }))
}

/** Wipes the tokens here. */
export function useDisconnectConnection(id: string) {
  return useConnectionMutation(id, () => callEndpoint(disconnectConnection, { params: { id } }))
}

/** From now on only a person refreshes it. */
export function usePauseRefresh(id: string) {
  return useConnectionMutation(id, (reason: string) => callEndpoint(pauseRefresh, { params: { id }, body: { reason } }))
}

export function useResumeRefresh(id: string) {
  return useConnectionMutation(id, () => callEndpoint(resumeRefresh, { params: { id } }))
}

/** Chooses which of the covered properties are linked, by their ids at Octorate. */
export function useChooseProperties(id: string) {
  return useConnectionMutation(id, (linked: string[]) =>
    callEndpoint(choosePropertiesOfConnection, { params: { id }, body: { linked } }),
  )
}

function useConnectionMutation<Input = void>(id: string, mutationFn: (input: Input) => Promise<ConnectionDetail>) {
  const client = useQueryClient()
  const { queryKey } = connectionQueries.detail(id)
  return useMutation({
    mutationFn,
    // A poll that was sent before the act would put the old state back.
    onMutate: () => client.cancelQueries({ queryKey }),
    onSuccess: (connection) => client.setQueryData(queryKey, connection),
    onError: () => client.invalidateQueries({ queryKey }),
    onSettled: () => client.invalidateQueries({ queryKey: connectionQueries.lists() }),
  })
}
