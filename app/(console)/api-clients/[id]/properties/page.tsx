import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { loadPageData } from '@/app/load-page-data'
import { apiClientQueries } from '@/features/api-clients/queries'
import { callQueries } from '@/features/exchanges/queries'
import { PropertyCreationsScreen } from '@/features/property-creations/property-creations-screen'
import { propertyCreationQueries } from '@/features/property-creations/queries'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { isUuid } from '@/lib/ids'
import { translator } from '@/messages/translator'
import { getApiClient } from '@/server/api-clients/get-api-client'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { getLastCalls } from '@/server/calls/get-last-calls'
import { listPropertyCreations } from '@/server/property-creations/list-property-creations'
import { getRuntime } from '@/server/runtime'

export const metadata: Metadata = { title: translator('propertyCreations')('title') }

export default async function PropertyCreationsPage({ params }: { params: Promise<{ id: string }> }) {
  const viewer = await loadPageData(() => requirePageViewer('api-clients:read'))
  const { id } = await params
  if (!isUuid(id)) notFound()
  const client = makeQueryClient()
  await loadPageData(async () => {
    client.setQueryData(apiClientQueries.detail(id).queryKey, await getApiClient(viewer, id))
    client.setQueryData(propertyCreationQueries.list(id).queryKey, await listPropertyCreations(viewer, id))
    client.setQueryData(callQueries.last(id, 'properties').queryKey, await getLastCalls(viewer, id, 'properties'))
  })
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PropertyCreationsScreen apiClientId={id} now={getRuntime().clock().toISOString()} role={viewer.role} />
    </HydrationBoundary>
  )
}
