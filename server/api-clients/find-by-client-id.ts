import 'server-only'
import { db } from '../db'

/** The API client of an organization that has a client id at an upstream; null when there is none. */
export function findByClientId(
  organizationId: string,
  { clientId, upstreamId }: { clientId: string; upstreamId: string },
): Promise<{ id: string; name: string } | null> {
  return db().apiClient.findFirst({ where: { organizationId, clientId, upstreamId, deletedAt: null }, select: { id: true, name: true } })
}
