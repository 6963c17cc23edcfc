import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { changeOrganization, chooseOrganization, createOrganization } from '@/contracts/organizations'
import { pages } from '@/contracts/paths'
import { callEndpoint } from '../request'
import { organizationQueries } from './queries'

export function useChangeOrganization() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: z.input<typeof changeOrganization.body>) => callEndpoint(changeOrganization, { body }),
    onSuccess: (organization) => client.setQueryData(organizationQueries.current().queryKey, organization),
  })
}

export function useCreateOrganization() {
  return useMutation({
    mutationFn: async (name: string) => {
      const { id } = await callEndpoint(createOrganization, { body: { name } })
      await callEndpoint(chooseOrganization, { params: { id } })
    },
    // A full load, so that nothing of the other organization stays in the page's memory.
    onSuccess: () => window.location.assign(pages.overview()),
  })
}
