import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { createInvitation, revokeInvitation } from '@/contracts/invitations'
import { changeRole, endPersonSession, endPersonSessions, removePerson, resetPersonTwoFactor, type PersonDetail } from '@/contracts/people'
import { callEndpoint } from '../request'
import { peopleQueries } from './queries'

/** Its answer holds a link that is shown once: with no time to live it is forgotten with the form that asked. */
export function useInvite() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: z.input<typeof createInvitation.body>) => callEndpoint(createInvitation, { body }),
    gcTime: 0,
    onSuccess: () => client.invalidateQueries({ queryKey: peopleQueries.list().queryKey }),
  })
}

export function useRevokeInvitation() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => callEndpoint(revokeInvitation, { params: { id } }),
    onSuccess: (people) => client.setQueryData(peopleQueries.list().queryKey, people),
  })
}

/** For acts on one person whose answer is that person. */
function useActOn<V>(id: string, act: (given: V) => Promise<PersonDetail>) {
  const client = useQueryClient()
  const { queryKey } = peopleQueries.detail(id)
  return useMutation({
    mutationFn: act,
    // A poll that was sent before the act would put the old state back.
    onMutate: () => client.cancelQueries({ queryKey }),
    onSuccess: (person) => client.setQueryData(queryKey, person),
    onSettled: () => client.invalidateQueries({ queryKey: peopleQueries.list().queryKey }),
  })
}

export const useChangeRole = (id: string) =>
  useActOn(id, (body: z.input<typeof changeRole.body>) => callEndpoint(changeRole, { params: { id }, body }))

export const useEndPersonSessions = (id: string) =>
  useActOn(id, (which: 'all' | { sessionId: string }) =>
    which === 'all' ? callEndpoint(endPersonSessions, { params: { id } }) : callEndpoint(endPersonSession, { params: { id, ...which } }),
  )

export const useResetTwoFactor = (id: string) =>
  useActOn(id, (password: string) => callEndpoint(resetPersonTwoFactor, { params: { id }, body: { password } }))

export function useRemovePerson(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (password: string) => callEndpoint(removePerson, { params: { id }, body: { password } }),
    onSuccess: (people) => {
      client.setQueryData(peopleQueries.list().queryKey, people)
    },
  })
}
