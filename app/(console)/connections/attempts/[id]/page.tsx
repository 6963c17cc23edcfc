import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { loadPageData } from '@/app/load-page-data'
import { AttemptScreen } from '@/features/authorizations/attempt-screen'
import { authorizationQueries } from '@/features/authorizations/queries'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { isUuid } from '@/lib/ids'
import { translator } from '@/messages/translator'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { getAuthorization } from '@/server/authorizations/get-authorization'
import { getRuntime } from '@/server/runtime'

export const metadata: Metadata = { title: translator('authorizations')('attempt.title') }

type Props = { params: Promise<{ id: string }> }

export default async function AttemptPage({ params }: Props) {
  const viewer = await loadPageData(() => requirePageViewer())
  const { id } = await params
  if (!isUuid(id)) notFound()
  const client = makeQueryClient()
  await loadPageData(() => client.fetchQuery({ ...authorizationQueries.detail(id), queryFn: () => getAuthorization(viewer, id) }))
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <AttemptScreen id={id} now={getRuntime().clock().toISOString()} role={viewer.role} />
    </HydrationBoundary>
  )
}
