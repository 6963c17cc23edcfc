import { useMutation } from '@tanstack/react-query'
import type { z } from 'zod'
import { takeXray } from '@/contracts/xray'
import { callEndpoint } from '../request'

/** Nothing of it is cached: the body holds a secret. */
export function useTakeXray() {
  return useMutation({ mutationFn: (body: z.input<typeof takeXray.body>) => callEndpoint(takeXray, { body }), gcTime: 0 })
}
