import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { changeWebhook, createWebhook, redeliver, removeWebhook, rotateWebhookSecret, testWebhook } from '@/contracts/webhooks'
import { callEndpoint } from '../request'
import { webhookQueries } from './queries'

function useRefreshAll() {
  const client = useQueryClient()
  return { onSuccess: () => client.invalidateQueries({ queryKey: webhookQueries.all() }) }
}

// The answers to the first two hold a secret: with no time to live they are forgotten with the dialog that asked.

export function useCreateWebhook() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: z.input<typeof createWebhook.body>) => callEndpoint(createWebhook, { body }),
    gcTime: 0,
    onSuccess: () => client.invalidateQueries({ queryKey: webhookQueries.list().queryKey }),
  })
}

export function useRotateSecret(id: string) {
  return useMutation({
    mutationFn: (overlapHours: number) => callEndpoint(rotateWebhookSecret, { params: { id }, body: { overlapHours } }),
    gcTime: 0,
    ...useRefreshAll(),
  })
}

export function useChangeWebhook(id: string) {
  return useMutation({
    mutationFn: (body: z.input<typeof changeWebhook.body>) => callEndpoint(changeWebhook, { params: { id }, body }),
    ...useRefreshAll(),
  })
}

/** What it is called with is gone: only the list is asked for again. */
export function useRemoveWebhook(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => callEndpoint(removeWebhook, { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: webhookQueries.list().queryKey }),
  })
}

export function useTestWebhook(id: string) {
  return useMutation({ mutationFn: () => callEndpoint(testWebhook, { params: { id } }), ...useRefreshAll() })
}

export function useRedeliver(id: string) {
  return useMutation({
    mutationFn: (deliveryId: string) => callEndpoint(redeliver, { params: { id, deliveryId } }),
    ...useRefreshAll(),
  })
}
