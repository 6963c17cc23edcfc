import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { createMachineKey, revokeMachineKey, rotateMachineKey } from '@/contracts/machine-keys'
import { callEndpoint } from '../request'
import { machineKeyQueries } from './queries'

// The answers to the first two hold a key: with no time to live they are forgotten with the form that asked.

export function useCreateMachineKey() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: z.input<typeof createMachineKey.body>) => callEndpoint(createMachineKey, { body }),
    gcTime: 0,
    onSuccess: () => client.invalidateQueries({ queryKey: machineKeyQueries.lists() }),
  })
}

export function useRotateMachineKey(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: z.input<typeof rotateMachineKey.body>) => callEndpoint(rotateMachineKey, { params: { id }, body }),
    gcTime: 0,
    onSuccess: () => client.invalidateQueries({ queryKey: machineKeyQueries.all() }),
  })
}

export function useRevokeMachineKey(id: string) {
  const client = useQueryClient()
  const { queryKey } = machineKeyQueries.detail(id)
  return useMutation({
    mutationFn: () => callEndpoint(revokeMachineKey, { params: { id } }),
    // A poll that was sent before the act would put the old state back.
    onMutate: () => client.cancelQueries({ queryKey }),
    onSuccess: (revoked) => client.setQueryData(queryKey, revoked),
    onSettled: () => client.invalidateQueries({ queryKey: machineKeyQueries.lists() }),
  })
}
