import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { loadPageData } from '@/app/load-page-data'
import { IncidentsScreen } from '@/features/incidents/incidents-screen'
import { incidentQueries } from '@/features/incidents/queries'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { translator } from '@/messages/translator'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { listIncidents } from '@/server/incidents/list-incidents'
import { getRuntime } from '@/server/runtime'

export const metadata: Metadata = { title: translator('incidents')('title') }

export default async function BreachPage() {
  const viewer = await loadPageData(() => requirePageViewer('incidents:run'))
  const client = makeQueryClient()
  client.setQueryData(incidentQueries.list().queryKey, await loadPageData(() => listIncidents(viewer)))
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <IncidentsScreen now={getRuntime().clock().toISOString()} />
    </HydrationBoundary>
  )
}
