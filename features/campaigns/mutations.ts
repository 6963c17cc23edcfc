'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { makeRecipientCode, startCampaign, stopCampaign, takeCampaignFile } from '@/contracts/campaigns'
import { connectionQueries } from '../connections/queries'
import { linkQueries } from '../links/queries'
import { callEndpoint } from '../request'
import { campaignQueries } from './queries'

export function useStartCampaign() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: z.input<typeof startCampaign.body>) => callEndpoint(startCampaign, { body }),
    onSuccess: (started) => {
      client.setQueryData(campaignQueries.detail(started.id).queryKey, started)
      return client.invalidateQueries({ queryKey: linkQueries.lists() })
    },
    onSettled: () => client.invalidateQueries({ queryKey: connectionQueries.lists() }),
  })
}

export function useStopCampaign(id: string) {
  const client = useQueryClient()
  const { queryKey } = campaignQueries.detail(id)
  return useMutation({
    mutationFn: () => callEndpoint(stopCampaign, { params: { id } }),
    // A poll that was sent before the act would put the old state back.
    onMutate: () => client.cancelQueries({ queryKey }),
    onSuccess: (stopped) => client.setQueryData(queryKey, stopped),
    onSettled: () => client.invalidateQueries({ queryKey: campaignQueries.all() }),
  })
}

// Answers that hold addresses or a code: with no time to live they are forgotten with what asked.

export function useTakeCampaignFile(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => callEndpoint(takeCampaignFile, { params: { id } }),
    gcTime: 0,
    onSettled: () => client.invalidateQueries({ queryKey: campaignQueries.one(id) }),
  })
}

export function useMakeRecipientCode(id: string, recipientId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => callEndpoint(makeRecipientCode, { params: { id, recipientId } }),
    gcTime: 0,
    onSettled: () => client.invalidateQueries({ queryKey: campaignQueries.one(id) }),
  })
}
