import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { loadPageData } from '@/app/load-page-data'
import { operationQuerySchema } from '@/contracts/operations'
import { OperationsScreen } from '@/features/operations/operations-screen'
import { operationQueries } from '@/features/operations/queries'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { readUrlQuery } from '@/features/url-query/read-url-query'
import { translator } from '@/messages/translator'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { listOperationCauses } from '@/server/operations/list-causes'
import { listOperations } from '@/server/operations/list-operations'
import { getRuntime } from '@/server/runtime'

export const metadata: Metadata = { title: translator('operations')('title') }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function OperationsPage({ searchParams }: Props) {
  const viewer = await loadPageData(() => requirePageViewer('operations:read'))
  const query = readUrlQuery(operationQuerySchema, await searchParams)
  const client = makeQueryClient()
  const [list, causes] = await loadPageData(() => Promise.all([listOperations(viewer, query), listOperationCauses(viewer)]))
  client.setQueryData(operationQueries.list(query).queryKey, list)
  client.setQueryData(operationQueries.causes().queryKey, causes)
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <OperationsScreen role={viewer.role} now={getRuntime().clock().toISOString()} />
    </HydrationBoundary>
  )
}
