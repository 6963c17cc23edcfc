import 'server-only'
import { pages, propertyPath } from '@/contracts/paths'
import { roleMay } from '@/contracts/permissions'
import { storable } from '@/lib/text/storable'
import { db } from '../db'
import { findPageViewer } from '../auth/require-page-viewer'
import { getRuntime } from '../runtime'

/**
 * Leads to the connection of a property by Octorate's id: to its page when there is one, to the list when there are
 * several or none. Whoever is not signed in signs in first and comes back.
 */
export async function leadToProperty(asked: string): Promise<Response> {
  const propertyId = storable(asked).slice(0, 100)
  const viewer = await findPageViewer()
  if (!viewer) return seeOther(`${pages.signIn()}?returnTo=${encodeURIComponent(propertyPath(propertyId))}`)
  if (!roleMay(viewer.role, 'connections:read')) return seeOther(pages.overview())
  const found = await db().connection.findMany({
    where: { organizationId: viewer.organizationId, properties: { some: { upstreamId: propertyId } } },
    select: { id: true },
    take: 2,
  })
  const [only, ...others] = found
  return seeOther(only && others.length === 0 ? pages.connection(only.id) : `${pages.connections()}?q=${encodeURIComponent(propertyId)}`)
}

function seeOther(path: string): Response {
  return new Response(null, { status: 303, headers: { location: `${getRuntime().publicUrl}${path}` } })
}
