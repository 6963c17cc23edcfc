import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { loadPageData } from '@/app/load-page-data'
import { ImportScreen } from '@/features/imports/import-screen'
import { importQueries } from '@/features/imports/queries'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { translator } from '@/messages/translator'
import { listApiClients } from '@/server/api-clients/list-api-clients'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { listImports } from '@/server/imports/list-imports'
import { getRuntime } from '@/server/runtime'

export const metadata: Metadata = { title: translator('imports')('title') }

export default async function ImportPage() {
  const viewer = await loadPageData(() => requirePageViewer('connections:import'))
  const client = makeQueryClient()
  const [{ items }, imports] = await loadPageData(() => Promise.all([listApiClients(viewer), listImports(viewer)]))
  client.setQueryData(importQueries.list().queryKey, imports)
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ImportScreen
        now={getRuntime().clock().toISOString()}
        clients={items.map(({ id, name, clientId, environment, upstream }) => ({ id, name, clientId, environment, upstream }))}
      />
    </HydrationBoundary>
  )
}
