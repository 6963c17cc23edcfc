import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { loadPageData } from '@/app/load-page-data'
import { NetworkScreen } from '@/features/network/network-screen'
import { networkQueries } from '@/features/network/queries'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { translator } from '@/messages/translator'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { getClientAddress } from '@/server/client-addresses/get-client-address'

export const metadata: Metadata = { title: translator('network')('title') }

export default async function NetworkPage() {
  await loadPageData(() => requirePageViewer('ip-whitelists:manage'))
  const client = makeQueryClient()
  const asked = await headers()
  client.setQueryData(networkQueries.clientAddress().queryKey, await loadPageData(async () => getClientAddress(asked)))
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <NetworkScreen />
    </HydrationBoundary>
  )
}
