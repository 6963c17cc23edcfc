import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import {
  changeApiClient,
  deleteApiClient,
  obtainAdminToken,
  preflightApiClient,
  registerApiClient,
  registerCallback,
  rotateClientSecret,
  type ApiClientDetail,
} from '@/contracts/api-clients'
import { callEndpoint } from '../request'
import { apiClientQueries } from './queries'

export function useRegisterApiClient() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: z.input<typeof registerApiClient.body>) => callEndpoint(registerApiClient, { body }),
    onSuccess: (made) => {
      client.setQueryData(apiClientQueries.detail(made.id).queryKey, made)
      return client.invalidateQueries({ queryKey: apiClientQueries.list().queryKey })
    },
  })
}

export function useChangeApiClient(id: string) {
  return useDetailMutation(id, (body: z.input<typeof changeApiClient.body>) => callEndpoint(changeApiClient, { params: { id }, body }))
}

export function useRotateClientSecret(id: string) {
  return useDetailMutation(id, (body: { clientSecret: string; unverified: boolean }) => callEndpoint(rotateClientSecret, { params: { id }, body }))
}

/** ApiLogin: proves client id and secret, and replaces the admin token. */
export function useObtainAdminToken(id: string) {
  return useDetailMutation(id, () => callEndpoint(obtainAdminToken, { params: { id } }))
}

export function useDeleteApiClient(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => callEndpoint(deleteApiClient, { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: apiClientQueries.list().queryKey }),
  })
}

/** Adds our callback at Octorate; a first admin token may come along, so the detail is read again. */
export function useRegisterCallback(id: string) {
  return useLook(id, () => callEndpoint(registerCallback, { params: { id } }))
}

/** Asks Octorate whether it has the redirect URI in use. */
export function useCheckRedirectUri(id: string) {
  return useLook(id, async () => {
    const { checks } = await callEndpoint(preflightApiClient, { params: { id } })
    return checks.find((check) => check.id === 'redirect_uri_registered') ?? null
  })
}

function useDetailMutation<V = void>(id: string, mutationFn: (variables: V) => Promise<ApiClientDetail>) {
  const client = useQueryClient()
  const { queryKey } = apiClientQueries.detail(id)
  return useMutation({
    mutationFn,
    // A poll that was sent before the act would put the old state back.
    onMutate: () => client.cancelQueries({ queryKey }),
    onSuccess: (changed) => client.setQueryData(queryKey, changed),
    onSettled: () => client.invalidateQueries({ queryKey: apiClientQueries.list().queryKey }),
  })
}

function useLook<T>(id: string, mutationFn: () => Promise<T>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn,
    onSettled: () => client.invalidateQueries({ queryKey: apiClientQueries.detail(id).queryKey }),
  })
}
