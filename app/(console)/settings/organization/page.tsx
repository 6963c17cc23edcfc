import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { loadPageData } from '@/app/load-page-data'
import { OrganizationScreen } from '@/features/organizations/organization-screen'
import { organizationQueries } from '@/features/organizations/queries'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { translator } from '@/messages/translator'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { getOrganization } from '@/server/organizations/get-organization'
import { getRuntime } from '@/server/runtime'

export const metadata: Metadata = { title: translator('organization')('title') }

export default async function OrganizationPage() {
  const viewer = await loadPageData(() => requirePageViewer('organization:manage'))
  const client = makeQueryClient()
  client.setQueryData(organizationQueries.current().queryKey, await loadPageData(() => getOrganization(viewer)))
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <OrganizationScreen now={getRuntime().clock().toISOString()} />
    </HydrationBoundary>
  )
}
