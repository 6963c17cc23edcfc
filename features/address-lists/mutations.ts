import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { AddressList, ListCalls } from './list-calls'

/** One act on a list; its answer is the list as it is then. */
export function useListMutation<V>(calls: Pick<ListCalls, 'queryKey'>, act: (variables: V) => Promise<AddressList>) {
  const client = useQueryClient()
  const { queryKey } = calls
  return useMutation({
    mutationFn: act,
    // A poll that was sent before the act would put the old list back.
    onMutate: () => client.cancelQueries({ queryKey }),
    onSuccess: (list) => client.setQueryData(queryKey, list),
    onError: () => client.invalidateQueries({ queryKey }),
  })
}

/** The order changes at once; moves that follow quickly are sent one after the other, so that the last one stays. */
export function useOrder(calls: Pick<ListCalls, 'queryKey' | 'order'>) {
  const client = useQueryClient()
  const { queryKey } = calls
  return useMutation({
    mutationFn: (entryIds: string[]) => calls.order(entryIds),
    scope: { id: queryKey.join(' ') },
    onMutate: async (entryIds) => {
      await client.cancelQueries({ queryKey })
      client.setQueryData<AddressList>(queryKey, (list) => list && inOrder(list, entryIds))
    },
    onSettled: () => (client.isMutating({ predicate: ({ options }) => options.scope?.id === queryKey.join(' ') }) > 1 ? undefined : client.invalidateQueries({ queryKey })),
  })
}

function inOrder(list: AddressList, entryIds: readonly string[]): AddressList {
  const places = new Map(entryIds.map((id, index) => [id, index]))
  const entries = list.entries.toSorted((one, other) => (places.get(one.id) ?? 0) - (places.get(other.id) ?? 0))
  return { ...list, entries: entries.map((entry, index) => ({ ...entry, line: index + 1 })) }
}
