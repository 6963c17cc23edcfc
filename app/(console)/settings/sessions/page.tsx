import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { loadPageData } from '@/app/load-page-data'
import { sessionQueries } from '@/features/sessions/queries'
import { SessionsScreen } from '@/features/sessions/sessions-screen'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { translator } from '@/messages/translator'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { getRuntime } from '@/server/runtime'
import { listSessions } from '@/server/sessions/list-sessions'

export const metadata: Metadata = { title: translator('sessions')('title') }

export default async function SessionsPage() {
  const viewer = await loadPageData(() => requirePageViewer('sessions:own'))
  const client = makeQueryClient()
  client.setQueryData(sessionQueries.list().queryKey, await loadPageData(() => listSessions(viewer)))
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <SessionsScreen now={getRuntime().clock().toISOString()} />
    </HydrationBoundary>
  )
}
