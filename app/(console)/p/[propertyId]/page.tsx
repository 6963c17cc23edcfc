import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { loadPageData } from '@/app/load-page-data'
import { pages } from '@/contracts/paths'
import { PropertyConnections } from '@/features/connections/property-connections'
import { requirePageViewer } from '@/server/auth/require-page-viewer'
import { findOfProperty } from '@/server/connections/find-of-property'

type Props = { params: Promise<{ propertyId: string }> }

/** Once for the page and its title. */
const load = cache(async (propertyId: string) => {
  const viewer = await loadPageData(() => requirePageViewer('connections:read'))
  return loadPageData(() => findOfProperty(viewer, propertyId))
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [first] = await load(await propertyOf(params))
  return first ? { title: first.name } : {}
}

/** The stable address of a property, for a support desk's own tool: leads to its connection, or lists them where there are several. */
export default async function PropertyPage({ params }: Props) {
  const propertyId = await propertyOf(params)
  const connections = await load(propertyId)
  const [only, ...others] = connections
  if (only && others.length === 0) redirect(pages.connection(only.id))
  return <PropertyConnections propertyId={propertyId} connections={connections} />
}

/** As Octorate spells it: Next hands it over as it stands in the address. */
async function propertyOf(params: Props['params']): Promise<string> {
  try {
    return decodeURIComponent((await params).propertyId)
  } catch {
    notFound()
  }
}
