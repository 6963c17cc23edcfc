import 'server-only'
import { db } from '../db'

const MOST = 200

/** Properties of an API client's connections that are not disconnected, each once, by name. */
export async function listApiClientProperties(organizationId: string, apiClientId: string): Promise<{ propertyId: string; name: string }[]> {
  const rows = await db().property.findMany({
    where: { organizationId, connection: { apiClientId, state: { not: 'disconnected' } } },
    select: { upstreamId: true, name: true }, distinct: ['upstreamId'], orderBy: [{ name: 'asc' }, { upstreamId: 'asc' }], take: MOST,
  })
  return rows.map(({ upstreamId: propertyId, name }) => ({ propertyId, name }))
}
