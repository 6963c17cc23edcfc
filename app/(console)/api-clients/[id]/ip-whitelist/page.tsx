import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { loadPageData } from '@/app/load-page-data'
import { apiClientQueries } from '@/features/api-clients/queries'
import { callQueries } from '@/features/exchanges/queries'
import { IpWhitelistScreen } from '@/features/ip-whitelists/ip-whitelist-screen'
import { ipWhitelistQueries } from '@/features/ip-whitelists/queries'
import { letterQueries } from '@/features/letters/queries'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { isUuid } from '@/lib/ids'
import { translator } from '@/messages/translator'
import { getApiClient } from '@/server/api-clients/get-api-client'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { getLastCalls } from '@/server/calls/get-last-calls'
import { requestContext } from '@/server/http/request-context'
import { getIpWhitelist } from '@/server/ip-whitelists/get-ip-whitelist'
import { listLetters } from '@/server/letters/list-letters'
import { getRuntime } from '@/server/runtime'

export const metadata: Metadata = { title: translator('ipWhitelists')('title') }

export default async function IpWhitelistPage({ params }: { params: Promise<{ id: string }> }) {
  const viewer = await loadPageData(() => requirePageViewer('ip-whitelists:manage'))
  const { id } = await params
  if (!isUuid(id)) notFound()
  const client = makeQueryClient()
  const who = { ...viewer, context: requestContext(await headers()) }
  await loadPageData(async () => {
    client.setQueryData(apiClientQueries.detail(id).queryKey, await getApiClient(viewer, id))
    client.setQueryData(ipWhitelistQueries.list(id).queryKey, await getIpWhitelist(who, id))
    client.setQueryData(callQueries.last(id, 'ip_whitelist').queryKey, await getLastCalls(viewer, id, 'ip_whitelist'))
    client.setQueryData(letterQueries.list(id).queryKey, await listLetters(viewer, id))
  })
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <IpWhitelistScreen apiClientId={id} now={getRuntime().clock().toISOString()} role={viewer.role} />
    </HydrationBoundary>
  )
}
