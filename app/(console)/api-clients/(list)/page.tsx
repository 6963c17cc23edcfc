import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { loadPageData } from '@/app/load-page-data'
import { ApiClientsScreen } from '@/features/api-clients/api-clients-screen'
import { apiClientQueries } from '@/features/api-clients/queries'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { translator } from '@/messages/translator'
import { listApiClients } from '@/server/api-clients/list-api-clients'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { getRuntime } from '@/server/runtime'

export const metadata: Metadata = { title: translator('apiClients')('title') }

export default async function ApiClientsPage() {
  const viewer = await loadPageData(() => requirePageViewer('api-clients:read'))
  const client = makeQueryClient()
  client.setQueryData(apiClientQueries.list().queryKey, await loadPageData(() => listApiClients(viewer)))
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ApiClientsScreen now={getRuntime().clock().toISOString()} role={viewer.role} />
    </HydrationBoundary>
  )
}
