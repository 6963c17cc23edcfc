import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { loadPageData } from '@/app/load-page-data'
import { AdminTokensScreen } from '@/features/admin-tokens/admin-tokens-screen'
import { adminTokenQueries } from '@/features/admin-tokens/queries'
import { apiClientQueries } from '@/features/api-clients/queries'
import { callQueries } from '@/features/exchanges/queries'
import { letterQueries } from '@/features/letters/queries'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { isUuid } from '@/lib/ids'
import { translator } from '@/messages/translator'
import { listAdminTokens } from '@/server/admin-tokens/list-admin-tokens'
import { getApiClient } from '@/server/api-clients/get-api-client'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { getLastCalls } from '@/server/calls/get-last-calls'
import { listLetters } from '@/server/letters/list-letters'
import { getRuntime } from '@/server/runtime'

export const metadata: Metadata = { title: translator('adminTokens')('title') }

export default async function AdminTokensPage({ params }: { params: Promise<{ id: string }> }) {
  const viewer = await loadPageData(() => requirePageViewer('api-clients:read'))
  const { id } = await params
  if (!isUuid(id)) notFound()
  const client = makeQueryClient()
  await loadPageData(async () => {
    client.setQueryData(apiClientQueries.detail(id).queryKey, await getApiClient(viewer, id))
    client.setQueryData(adminTokenQueries.list(id).queryKey, await listAdminTokens(viewer, id))
    client.setQueryData(letterQueries.list(id).queryKey, await listLetters(viewer, id))
    client.setQueryData(callQueries.last(id, 'admin_token').queryKey, await getLastCalls(viewer, id, 'admin_token'))
  })
  const { clock, publicUrl } = getRuntime()
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <AdminTokensScreen apiClientId={id} now={clock().toISOString()} role={viewer.role} publicUrl={publicUrl} />
    </HydrationBoundary>
  )
}
