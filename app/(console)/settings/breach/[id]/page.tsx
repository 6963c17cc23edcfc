import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { loadPageData } from '@/app/load-page-data'
import { IncidentScreen } from '@/features/incidents/incident-screen'
import { incidentQueries } from '@/features/incidents/queries'
import { makeQueryClient } from '@/features/shell/make-query-client'
import { isUuid } from '@/lib/ids'
import { translator } from '@/messages/translator'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { getIncident } from '@/server/incidents/get-incident'
import { getRuntime } from '@/server/runtime'

type Props = { params: Promise<{ id: string }> }

/** Once per request: the title and the page need the same. */
const load = cache(async (id: string) => {
  const viewer = await loadPageData(() => requirePageViewer('incidents:run'))
  if (!isUuid(id)) notFound()
  return { viewer, incident: await loadPageData(() => getIncident(viewer, id)) }
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { incident } = await load((await params).id)
  return { title: translator('incidents')(`kind.${incident.kind}`) }
}

export default async function IncidentPage({ params }: Props) {
  const { viewer, incident } = await load((await params).id)
  const client = makeQueryClient()
  client.setQueryData(incidentQueries.detail(incident.id).queryKey, incident)
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <IncidentScreen id={incident.id} now={getRuntime().clock().toISOString()} role={viewer.role} />
    </HydrationBoundary>
  )
}
