import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { loadPageData } from '@/app/load-page-data'
import { inventoryQuerySchema } from '@/contracts/inventory'
import { InventoryScreen } from '@/features/inventory/inventory-screen'
import { inventoryQueries } from '@/features/inventory/queries'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { readUrlQuery } from '@/features/url-query/read-url-query'
import { translator } from '@/messages/translator'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { listInventory } from '@/server/inventory/list-inventory'
import { getRuntime } from '@/server/runtime'

export const metadata: Metadata = { title: translator('inventory')('title') }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function InventoryPage({ searchParams }: Props) {
  const viewer = await loadPageData(() => requirePageViewer('incidents:run'))
  const query = readUrlQuery(inventoryQuerySchema, await searchParams)
  const client = makeQueryClient()
  client.setQueryData(inventoryQueries.list(query).queryKey, await loadPageData(() => listInventory(viewer, query)))
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <InventoryScreen now={getRuntime().clock().toISOString()} />
    </HydrationBoundary>
  )
}
