import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { loadPageData } from '@/app/load-page-data'
import { parseConnectionQuery } from '@/features/connections/connection-query'
import { ConnectionsScreen } from '@/features/connections/connections-screen'
import { connectionQueries } from '@/features/connections/queries'
import { runwayQueries } from '@/features/runway/queries'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { translator } from '@/messages/translator'
import { listApiClients } from '@/server/api-clients/list-api-clients'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { countBuckets } from '@/server/connections/count-buckets'
import { listConnections } from '@/server/connections/list-connections'
import { getRuntime } from '@/server/runtime'
import { getRunway } from '@/server/runway/get-runway'

export const metadata: Metadata = { title: translator('connections')('list.title') }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function ConnectionsPage({ searchParams }: Props) {
  const viewer = await loadPageData(() => requirePageViewer())
  const query = parseConnectionQuery(await searchParams)
  const client = makeQueryClient()
  const [apiClients] = await loadPageData(() =>
    Promise.all([
      listApiClients(viewer),
      client.fetchQuery({ ...connectionQueries.list(query), queryFn: () => listConnections(viewer, query) }),
      client.fetchQuery({ ...runwayQueries.runway(), queryFn: () => getRunway(viewer) }),
      client.fetchQuery({ ...connectionQueries.buckets(), queryFn: () => countBuckets(viewer) }),
    ]),
  )
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ConnectionsScreen
        now={getRuntime().clock().toISOString()}
        role={viewer.role}
        apiClients={apiClients.items.map(({ id, name }) => ({ id, name }))}
      />
    </HydrationBoundary>
  )
}
