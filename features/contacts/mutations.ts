'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { checkContacts, importContacts } from '@/contracts/contacts'
import { campaignQueries } from '../campaigns/queries'
import { connectionQueries } from '../connections/queries'
import { callEndpoint } from '../request'

/** What a file would change; people's names stay in it no longer than the page shows them. */
export function useCheckContacts() {
  return useMutation({ mutationFn: (text: string) => callEndpoint(checkContacts, { body: { text } }), gcTime: 0 })
}

export function useImportContacts() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (text: string) => callEndpoint(importContacts, { body: { text } }),
    gcTime: 0,
    onSuccess: () => Promise.all([campaignQueries.all(), connectionQueries.all()].map((queryKey) => client.invalidateQueries({ queryKey }))),
  })
}
