import type { Metadata } from 'next'
import { connectionQuerySchema } from '@/contracts/connections'
import { OverviewScreen } from '@/features/overview/overview-screen'
import { RefreshPage } from '@/features/shell/refresh-page'
import { translator } from '@/messages/translator'
import { listApiClients } from '@/server/api-clients/list-api-clients'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import type { Viewer } from '@/server/auth/viewer'
import { countConnections } from '@/server/connections/count-connections'
import { listConnections } from '@/server/connections/list-connections'
import { listFreezes } from '@/server/freezes/list-freezes'
import { getRuntime } from '@/server/runtime'
import { loadPageData } from '@/app/load-page-data'

const SHOWN = 5
const REFRESH_MS = 60_000

export const metadata: Metadata = { title: translator('overview')('title') }

export default async function OverviewPage() {
  const viewer = await loadPageData(requirePageViewer)
  const [apiClients, counts, nextToExpire, freezes] = await loadPageData(() =>
    Promise.all([listApiClients(viewer), countConnections(viewer), soonest(viewer), listFreezes(viewer)]),
  )
  return (
    <>
      <RefreshPage everyMs={REFRESH_MS} />
      <OverviewScreen
        role={viewer.role}
        apiClients={apiClients.items}
        counts={counts}
        nextToExpire={nextToExpire}
        freezes={freezes.items}
        now={getRuntime().clock().toISOString()}
      />
    </>
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
