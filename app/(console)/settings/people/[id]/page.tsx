import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { loadPageData } from '@/app/load-page-data'
import { PersonScreen } from '@/features/people/person-screen'
import { peopleQueries } from '@/features/people/queries'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { isUuid } from '@/lib/ids'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { getPerson } from '@/server/people/get-person'
import { getRuntime } from '@/server/runtime'

type Props = { params: Promise<{ id: string }> }

/** Once per request: the title and the page need the same. */
const load = cache(async (id: string) => {
  const viewer = await loadPageData(() => requirePageViewer('people:manage'))
  if (!isUuid(id)) notFound()
  return loadPageData(() => getPerson(viewer, id))
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await load((await params).id)
  return { title: name }
}

export default async function PersonPage({ params }: Props) {
  const person = await load((await params).id)
  const client = makeQueryClient()
  client.setQueryData(peopleQueries.detail(person.id).queryKey, person)
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PersonScreen id={person.id} now={getRuntime().clock().toISOString()} />
    </HydrationBoundary>
  )
}
