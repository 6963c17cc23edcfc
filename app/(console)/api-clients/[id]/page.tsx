import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { loadPageData } from '@/app/load-page-data'
import { ApiClientScreen } from '@/features/api-clients/api-client-screen'
import { apiClientQueries } from '@/features/api-clients/queries'
import { freezeQueries } from '@/features/freezes/queries'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { isUuid } from '@/lib/ids'
import { getApiClient } from '@/server/api-clients/get-api-client'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { listFreezes } from '@/server/freezes/list-freezes'
import { getRuntime } from '@/server/runtime'

type Props = { params: Promise<{ id: string }> }

/** Once per request: the title and the page need the same. */
const load = cache(async (id: string) => {
  const viewer = await loadPageData(() => requirePageViewer('api-clients:read'))
  if (!isUuid(id)) notFound()
  return { viewer, apiClient: await loadPageData(() => getApiClient(viewer, id)) }
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { apiClient } = await load((await params).id)
  return { title: apiClient.name }
}

export default async function ApiClientPage({ params }: Props) {
  const { viewer, apiClient } = await load((await params).id)
  const freezes = await loadPageData(() => listFreezes(viewer))
  const client = makeQueryClient()
  client.setQueryData(apiClientQueries.detail(apiClient.id).queryKey, apiClient)
  client.setQueryData(freezeQueries.list().queryKey, freezes)
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ApiClientScreen id={apiClient.id} now={getRuntime().clock().toISOString()} role={viewer.role} />
    </HydrationBoundary>
  )
}
