'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { completeAuthorization, startAuthorization } from '@/contracts/authorizations'
import { callEndpoint } from '../request'

export type StartedAuthorization = z.output<typeof startAuthorization.output>

/** Starts a consent flow for an API client: this browser gets its cookie, and the answer says where to go. */
export function useStartAuthorization() {
  return useMutation({ mutationFn: (apiClientId: string) => callEndpoint(startAuthorization, { body: { apiClientId } }) })
}

/** Finishes a flow from the address that the browser ended on. */
export function useCompleteAuthorization(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (address: string) => callEndpoint(completeAuthorization, { params: { id }, body: { address } }),
    // A new or renewed connection, or a flow that is over: whatever was read before may be old.
    onSettled: () => client.invalidateQueries(),
  })
}
