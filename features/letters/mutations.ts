import { useMutation, useQueryClient } from '@tanstack/react-query'
import { draftLetter, markLetterSent, type Letter, type DraftedKind } from '@/contracts/letters'
import { callEndpoint } from '../request'
import { letterQueries } from './queries'

export function useDraftLetter(id: string) {
  return useLetterMutation(id, (body: { kind: DraftedKind; redirectUris?: string[]; adminTokenId?: string }) => callEndpoint(draftLetter, { params: { id }, body }))
}

export function useMarkLetterSent(id: string) {
  return useLetterMutation(id, (letterId: string) => callEndpoint(markLetterSent, { params: { id, letterId } }))
}

function useLetterMutation<V>(id: string, mutationFn: (variables: V) => Promise<{ items: Letter[] }>) {
  const client = useQueryClient()
  const { queryKey } = letterQueries.list(id)
  return useMutation({ mutationFn, onSuccess: (letters) => client.setQueryData(queryKey, letters) })
}
