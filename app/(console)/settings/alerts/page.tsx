import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { loadPageData } from '@/app/load-page-data'
import { AlertsScreen } from '@/features/alerts/alerts-screen'
import { alertQueries } from '@/features/alerts/queries'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { translator } from '@/messages/translator'
import { getAlerts } from '@/server/alerts/get-alerts'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { getRuntime } from '@/server/runtime'

export const metadata: Metadata = { title: translator('alerts')('title') }

export default async function AlertsPage() {
  const viewer = await loadPageData(() => requirePageViewer('alerts:read'))
  const client = makeQueryClient()
  client.setQueryData(alertQueries.overview().queryKey, await loadPageData(() => getAlerts(viewer)))
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <AlertsScreen now={getRuntime().clock().toISOString()} />
    </HydrationBoundary>
  )
}
