import { useMutation, useQueryClient } from '@tanstack/react-query'
import { revokeOtherSessions, revokeSession } from '@/contracts/sessions'
import { callEndpoint } from '../request'
import { sessionQueries } from './queries'

/** Ends one of the own sessions, or all but this one; the answer is the list that is left. */
export function useEndSessions() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (which: { id: string } | 'others') =>
      which === 'others' ? callEndpoint(revokeOtherSessions) : callEndpoint(revokeSession, { params: which }),
    onSuccess: (left) => client.setQueryData(sessionQueries.list().queryKey, left),
  })
}
