import { useMutation, useQueryClient } from '@tanstack/react-query'
import { beginTwoFactor, confirmTwoFactor, disableTwoFactor, renewRecoveryCodes, type ShownCodes } from '@/contracts/two-factor'
import { callEndpoint } from '../request'
import { twoFactorQueries } from './queries'

// Answers that hold a secret or codes are forgotten with the form that asked.

export function useBeginTwoFactor() {
  return useMutation({ mutationFn: (password: string) => callEndpoint(beginTwoFactor, { body: { password } }), gcTime: 0 })
}

export function useConfirmTwoFactor() {
  return useShownCodes((code: string) => callEndpoint(confirmTwoFactor, { body: { code } }))
}

export function useRenewRecoveryCodes() {
  return useShownCodes((password: string) => callEndpoint(renewRecoveryCodes, { body: { password } }))
}

function useShownCodes(act: (typed: string) => Promise<ShownCodes>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: act,
    gcTime: 0,
    onSuccess: ({ state }) => client.setQueryData(twoFactorQueries.state().queryKey, state),
  })
}

export function useDisableTwoFactor() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (password: string) => callEndpoint(disableTwoFactor, { body: { password } }),
    onSuccess: (state) => client.setQueryData(twoFactorQueries.state().queryKey, state),
  })
}
