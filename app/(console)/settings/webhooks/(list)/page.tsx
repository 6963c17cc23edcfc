import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { loadPageData } from '@/app/load-page-data'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { webhookQueries } from '@/features/webhooks/queries'
import { WebhooksScreen } from '@/features/webhooks/webhooks-screen'
import { translator } from '@/messages/translator'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { getRuntime } from '@/server/runtime'
import { listWebhooks } from '@/server/webhooks/list-webhooks'

export const metadata: Metadata = { title: translator('webhooks')('title') }

export default async function WebhooksPage() {
  const viewer = await loadPageData(() => requirePageViewer('webhooks:manage'))
  const client = makeQueryClient()
  client.setQueryData(webhookQueries.list().queryKey, await loadPageData(() => listWebhooks(viewer)))
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <WebhooksScreen now={getRuntime().clock().toISOString()} />
    </HydrationBoundary>
  )
}
