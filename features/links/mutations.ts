'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { changeContact } from '@/contracts/contacts'
import { changeLinkSettings, createConnectLink, createReconnectLinks, makePhoneCode, revokeLink } from '@/contracts/links'
import { connectQuarantinedGrant, eraseQuarantinedGrant } from '@/contracts/quarantined-grants'
import { connectionQueries } from '../connections/queries'
import { callEndpoint } from '../request'
import { linkQueries } from './queries'

// Answers that hold an address or a code: with no time to live they are forgotten with the dialog that asked.

export function useCreateReconnectLink() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: z.input<typeof createReconnectLinks.body>) => callEndpoint(createReconnectLinks, { body }),
    gcTime: 0,
    onSuccess: () => client.invalidateQueries({ queryKey: linkQueries.lists() }),
  })
}

export function useCreateConnectLink() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: z.input<typeof createConnectLink.body>) => callEndpoint(createConnectLink, { body }),
    gcTime: 0,
    onSuccess: () => client.invalidateQueries({ queryKey: linkQueries.lists() }),
  })
}

export function useMakePhoneCode(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => callEndpoint(makePhoneCode, { params: { id } }),
    gcTime: 0,
    onSettled: () => client.invalidateQueries({ queryKey: linkQueries.detail(id).queryKey }),
  })
}

export function useRevokeLink(id: string) {
  const client = useQueryClient()
  const { queryKey } = linkQueries.detail(id)
  return useMutation({
    mutationFn: () => callEndpoint(revokeLink, { params: { id } }),
    // A poll that was sent before the act would put the old state back.
    onMutate: () => client.cancelQueries({ queryKey }),
    onSuccess: (revoked) => client.setQueryData(queryKey, revoked),
    onSettled: () => client.invalidateQueries({ queryKey: linkQueries.lists() }),
  })
}

export function useChangeLinkSettings() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: z.input<typeof changeLinkSettings.body>) => callEndpoint(changeLinkSettings, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: linkQueries.all() }),
  })
}

/** Decides about a consent that came from another property. */
export function useDecideQuarantined(id: string) {
  const client = useQueryClient()
  const onSettled = () => client.invalidateQueries()
  const connect = useMutation({ mutationFn: () => callEndpoint(connectQuarantinedGrant, { params: { id } }), onSettled })
  const erase = useMutation({ mutationFn: () => callEndpoint(eraseQuarantinedGrant, { params: { id } }), onSettled })
  return { connect, erase }
}

export function useChangeContact(connectionId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: z.input<typeof changeContact.body>) => callEndpoint(changeContact, { params: { id: connectionId }, body }),
    onSettled: () => client.invalidateQueries({ queryKey: connectionQueries.detail(connectionId).queryKey }),
  })
}
