import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { loadPageData } from '@/app/load-page-data'
import { ExchangeStrip } from '@/features/authorizations/exchange-strip'
import { ConnectionScreen } from '@/features/connections/connection-screen'
import { connectionQueries } from '@/features/connections/queries'
import { freezeQueries } from '@/features/freezes/queries'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { isUuid } from '@/lib/ids'
import { showInvisible } from '@/lib/text/show-invisible'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { getConnection } from '@/server/connections/get-connection'
import { listFreezes } from '@/server/freezes/list-freezes'
import { getRuntime } from '@/server/runtime'

type Props = { params: Promise<{ id: string }> }

/** Once for the page and its title. */
const load = cache(async (id: string) => {
  const viewer = await loadPageData(() => requirePageViewer())
  if (!isUuid(id)) notFound()
  const [connection, freezes] = await loadPageData(() => Promise.all([getConnection(viewer, id), listFreezes(viewer)]))
  return { role: viewer.role, connection, freezes }
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { connection } = await load((await params).id)
  return { title: showInvisible(connection.name) }
}

export default async function ConnectionDetailPage({ params }: Props) {
  const { id } = await params
  const { role, connection, freezes } = await load(id)
  const { authorization } = connection
  const client = makeQueryClient()
  client.setQueryData(connectionQueries.detail(id).queryKey, connection)
  client.setQueryData(freezeQueries.list().queryKey, freezes)
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ConnectionScreen
        id={id}
        now={getRuntime().clock().toISOString()}
        role={role}
        consoleUrl={getRuntime().publicUrl}
        exchange={authorization && <ExchangeStrip steps={authorization.steps} flow="connected" />}
        exchangeId={authorization?.id ?? null}
      />
    </HydrationBoundary>
  )
}
