import type { Metadata } from 'next'
import { loadPageData } from '@/app/load-page-data'
import { PropertyConnections } from '@/features/connections/property-connections'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { loadConnections, propertyOf } from './load-connections'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [first] = await loadConnections((await params).id)
  return first ? { title: first.name } : {}
}

/** The stable address of a property, for a support desk's own tool, where several API clients have a connection of it. */
export default async function PropertyPage({ params }: Props) {
  await loadPageData(() => requirePageViewer('connections:read'))
  const { id } = await params
  return <PropertyConnections propertyId={propertyOf(id)} connections={await loadConnections(id)} />
}
