import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { cancelKeyMigration, changeKeyMigrationPace, pauseKeyMigration, resumeKeyMigration, retryKeyMigration, startKeyMigration, type KeyMigration } from '@/contracts/key-migrations'
import { eraseOldKeys, retireOldKeys } from '@/contracts/old-keys'
import { callEndpoint } from '../request'
import { keyMigrationQueries } from './queries'

/** Sends the keys, which are forgotten with the form that held them. */
export function useStartKeyMigration() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: z.input<typeof startKeyMigration.body>) => callEndpoint(startKeyMigration, { body }),
    gcTime: 0,
    onSuccess: () => client.invalidateQueries({ queryKey: keyMigrationQueries.list().queryKey }),
  })
}

export const usePauseKeyMigration = (id: string) => useAct(id, () => callEndpoint(pauseKeyMigration, { params: { id } }))
export const useResumeKeyMigration = (id: string) => useAct(id, () => callEndpoint(resumeKeyMigration, { params: { id } }))
export const useCancelKeyMigration = (id: string) => useAct(id, () => callEndpoint(cancelKeyMigration, { params: { id } }))
export const useRetryKeyMigration = (id: string) => useAct(id, () => callEndpoint(retryKeyMigration, { params: { id } }))
export const useChangePace = (id: string) =>
  useAct(id, (perSecond: number | null) => callEndpoint(changeKeyMigrationPace, { params: { id }, body: { perSecond } }))

function useAct<Input = void>(id: string, mutationFn: (input: Input) => Promise<KeyMigration>) {
  const client = useQueryClient()
  const { queryKey } = keyMigrationQueries.detail(id)
  return useMutation({
    mutationFn,
    // A poll that was sent before the act would put the old state back.
    onMutate: () => client.cancelQueries({ queryKey }),
    onSuccess: (detail) => client.setQueryData(queryKey, detail),
    onSettled: () => client.invalidateQueries({ queryKey: keyMigrationQueries.all() }),
  })
}

/** Keys that one call may name. */
const AT_ONCE = 1_000

export function useRetireOldKeys() {
  return useLedgerAct(async (ids: readonly string[]) => {
    let [retired, left] = [0, 0]
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      const done = await callEndpoint(retireOldKeys, { body: { ids: ids.slice(at, at + AT_ONCE) } })
      retired += done.retired
      left += done.left
    }
    return { retired, left }
  })
}

export function useEraseOldKeys() {
  return useLedgerAct(async ({ ids, evenUnmigrated }: { ids: readonly string[]; evenUnmigrated: boolean }) => {
    let [erased, left] = [0, 0]
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      const done = await callEndpoint(eraseOldKeys, { body: { ids: ids.slice(at, at + AT_ONCE), evenUnmigrated } })
      erased += done.erased
      left += done.left
    }
    return { erased, left }
  })
}

function useLedgerAct<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const client = useQueryClient()
  return useMutation({ mutationFn, onSettled: () => client.invalidateQueries({ queryKey: keyMigrationQueries.all() }) })
}
