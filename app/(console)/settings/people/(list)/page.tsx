import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { loadPageData } from '@/app/load-page-data'
import { PeopleScreen } from '@/features/people/people-screen'
import { peopleQueries } from '@/features/people/queries'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { translator } from '@/messages/translator'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { listPeople } from '@/server/people/list-people'
import { getRuntime } from '@/server/runtime'

export const metadata: Metadata = { title: translator('people')('title') }

export default async function PeoplePage() {
  const viewer = await loadPageData(() => requirePageViewer('people:manage'))
  const client = makeQueryClient()
  client.setQueryData(peopleQueries.list().queryKey, await loadPageData(() => listPeople(viewer)))
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PeopleScreen now={getRuntime().clock().toISOString()} />
    </HydrationBoundary>
  )
}
