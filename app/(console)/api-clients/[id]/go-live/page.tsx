import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { loadPageData } from '@/app/load-page-data'
import { apiClientQueries } from '@/features/api-clients/queries'
import { GoLiveScreen } from '@/features/go-live/go-live-screen'
import { letterQueries } from '@/features/letters/queries'
import { redirectUriQueries } from '@/features/redirect-uris/queries'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { isUuid } from '@/lib/ids'
import { translator } from '@/messages/translator'
import { getApiClient } from '@/server/api-clients/get-api-client'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { listLetters } from '@/server/letters/list-letters'
import { getRedirectUris } from '@/server/redirect-uris/get-redirect-uris'
import { getRuntime } from '@/server/runtime'

export const metadata: Metadata = { title: translator('goLive')('title') }

export default async function GoLivePage({ params }: { params: Promise<{ id: string }> }) {
  const viewer = await loadPageData(() => requirePageViewer('api-clients:read'))
  const { id } = await params
  if (!isUuid(id)) notFound()
  const client = makeQueryClient()
  await loadPageData(async () => {
    client.setQueryData(apiClientQueries.detail(id).queryKey, await getApiClient(viewer, id))
    client.setQueryData(redirectUriQueries.state(id).queryKey, await getRedirectUris(viewer, id))
    client.setQueryData(letterQueries.list(id).queryKey, await listLetters(viewer, id))
  })
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <GoLiveScreen apiClientId={id} now={getRuntime().clock().toISOString()} role={viewer.role} />
    </HydrationBoundary>
  )
}
