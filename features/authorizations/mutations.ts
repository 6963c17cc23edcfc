'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { completeAuthorization, startAuthorization } from '@/contracts/authorizations'
import { callEndpoint } from '../request'

export type StartedAuthorization = z.output<typeof startAuthorization.output>

/** Starts a consent flow for an API client: this browser gets its cookie, and the answer says where to go. */
export function useStartAuthorization() {
  return useMutation({ mutationFn: (body: z.input<typeof startAuthorization.body>) => callEndpoint(startAuthorization, { body }) })
}

/**
 * Finishes a flow from the address that the browser ended on. `onConnected` is called also when the form has gone by then,
 * because the page saw the flow at work.
 */
export function useCompleteAuthorization(id: string, onConnected: (connectionId: string) => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (address: string) => callEndpoint(completeAuthorization, { params: { id }, body: { address } }),
    onSuccess: ({ connectionId }) => onConnected(connectionId),
    // A new or renewed connection, or a flow that is over: whatever was read before may be old.
    onSettled: () => client.invalidateQueries(),
  })
}
