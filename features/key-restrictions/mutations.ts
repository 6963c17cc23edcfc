import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { changeRestrictionMode, replayRestriction } from '@/contracts/key-restrictions'
import { useListMutation } from '../address-lists/mutations'
import { machineKeyQueries } from '../machine-keys/queries'
import { callEndpoint } from '../request'
import { keyRestrictionQueries } from './queries'

export function useChangeMode(id: string) {
  const client = useQueryClient()
  return useListMutation(keyRestrictionQueries.list(id), async (body: z.input<typeof changeRestrictionMode.body>) => {
    const changed = await callEndpoint(changeRestrictionMode, { params: { id }, body })
    await client.invalidateQueries({ queryKey: machineKeyQueries.all() })
    return changed
  })
}

export function useReplay(id: string) {
  return useMutation({ mutationFn: (blocks: string[]) => callEndpoint(replayRestriction, { params: { id }, body: { blocks } }) })
}
