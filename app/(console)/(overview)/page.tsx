import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { connectionQuerySchema } from '@/contracts/connections'
import { OverviewScreen } from '@/features/overview/overview-screen'
import { runwayQueries } from '@/features/runway/queries'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { RefreshPage } from '@/features/shell/refresh-page'
import { translator } from '@/messages/translator'
import { listApiClients } from '@/server/api-clients/list-api-clients'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import type { Viewer } from '@/server/auth/viewer'
import { countConnections } from '@/server/connections/count-connections'
import { listConnections } from '@/server/connections/list-connections'
import { listFreezes } from '@/server/freezes/list-freezes'
import { getRuntime } from '@/server/runtime'
import { getRunway } from '@/server/runway/get-runway'
import { getTokenEnds } from '@/server/runway/get-token-ends'
import { loadPageData } from '@/app/load-page-data'

const SHOWN = 5
const REFRESH_MS = 60_000

export const metadata: Metadata = { title: translator('overview')('title') }

export default async function OverviewPage() {
  const viewer = await loadPageData(requirePageViewer)
  const [apiClients, counts, nextToExpire, freezes, runway, ends] = await loadPageData(() =>
    Promise.all([
      listApiClients(viewer), countConnections(viewer), soonest(viewer), listFreezes(viewer), getRunway(viewer), getTokenEnds(viewer),
    ]),
  )
  const client = makeQueryClient()
  client.setQueryData(runwayQueries.runway().queryKey, runway)
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <RefreshPage everyMs={REFRESH_MS} />
      <OverviewScreen
        role={viewer.role}
        apiClients={apiClients.items}
        counts={counts}
        nextToExpire={nextToExpire}
        freezes={freezes.items}
        ends={ends}
        now={getRuntime().clock().toISOString()}
      />
    </HydrationBoundary>
  )
}

/** Those that are still used: a disconnected one has no token to lose. */
async function soonest(viewer: Viewer) {
  const found = await Promise.all(
    (['expiring', 'healthy'] as const).map((status) =>
      listConnections(viewer, connectionQuerySchema.parse({ status, sort: 'expires', limit: SHOWN })),
    ),
  )
  return found.flatMap((page) => page.items).slice(0, SHOWN)
}
