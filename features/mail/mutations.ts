import { useMutation, useQueryClient } from '@tanstack/react-query'
import { openMail, sendMailAgain, sendTestMail } from '@/contracts/mail'
import { callEndpoint } from '../request'
import { mailQueries } from './queries'

export function useSendTestMail() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => callEndpoint(sendTestMail),
    onSuccess: () => client.invalidateQueries({ queryKey: mailQueries.all() }),
  })
}

export function useSendAgain(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => callEndpoint(sendMailAgain, { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: mailQueries.all() }),
  })
}

/** The answer may hold a link: with no time to live it is forgotten with the dialog that asked. */
export function useOpenMail(id: string) {
  return useMutation({ mutationFn: () => callEndpoint(openMail, { params: { id } }), gcTime: 0 })
}
