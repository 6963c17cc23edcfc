import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { loadPageData } from '@/app/load-page-data'
import { ImportDetailScreen } from '@/features/imports/import-detail-screen'
import { importQueries } from '@/features/imports/queries'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { isUuid } from '@/lib/ids'
import { translator } from '@/messages/translator'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { getImport } from '@/server/imports/get-import'
import { getRuntime } from '@/server/runtime'

export const metadata: Metadata = { title: translator('imports')('title') }

type Props = { params: Promise<{ id: string }> }

export default async function ImportDetailPage({ params }: Props) {
  const viewer = await loadPageData(() => requirePageViewer('connections:import'))
  const { id } = await params
  if (!isUuid(id)) notFound()
  const client = makeQueryClient()
  const who = { organizationId: viewer.organizationId, environment: null }
  client.setQueryData(importQueries.detail(id).queryKey, await loadPageData(() => getImport(who, id)))
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ImportDetailScreen id={id} now={getRuntime().clock().toISOString()} />
    </HydrationBoundary>
  )
}
