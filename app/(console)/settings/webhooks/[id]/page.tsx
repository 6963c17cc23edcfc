import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { loadPageData } from '@/app/load-page-data'
import { deliveryQuerySchema } from '@/contracts/webhooks'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { readUrlQuery } from '@/features/url-query/read-url-query'
import { webhookQueries } from '@/features/webhooks/queries'
import { WebhookScreen } from '@/features/webhooks/webhook-screen'
import { isUuid } from '@/lib/ids'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { getRuntime } from '@/server/runtime'
import { listDeliveries } from '@/server/webhooks/list-deliveries'
import { getWebhook } from '@/server/webhooks/list-webhooks'

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

/** Once per request: the title and the page need the same. */
const load = cache(async (id: string) => {
  const viewer = await loadPageData(() => requirePageViewer('webhooks:manage'))
  if (!isUuid(id)) notFound()
  return { viewer, webhook: await loadPageData(() => getWebhook(viewer, id)) }
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { webhook } = await load((await params).id)
  return { title: webhook.name }
}

export default async function WebhookPage({ params, searchParams }: Props) {
  const { viewer, webhook } = await load((await params).id)
  const query = readUrlQuery(deliveryQuerySchema, await searchParams)
  const client = makeQueryClient()
  client.setQueryData(webhookQueries.detail(webhook.id).queryKey, webhook)
  client.setQueryData(webhookQueries.deliveries(webhook.id, query).queryKey, await loadPageData(() => listDeliveries(viewer, webhook.id, query)))
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <WebhookScreen id={webhook.id} now={getRuntime().clock().toISOString()} />
    </HydrationBoundary>
  )
}
