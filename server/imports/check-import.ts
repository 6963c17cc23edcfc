import 'server-only'
import { requireApiClient } from '../api-clients/find-api-client'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'

/** Which of these properties the API client has a living connection for, by the ids that Octorate gives. */
export async function checkImport(
  viewer: Viewer,
  { apiClientId, propertyIds }: { readonly apiClientId: string; readonly propertyIds: readonly string[] },
): Promise<{ connected: string[] }> {
  const { id, organizationId } = await requireApiClient(viewer, apiClientId)
  const rows = await db().$queryRaw<{ given: string }[]>`
    SELECT DISTINCT asked.given FROM unnest(${[...propertyIds]}::text[]) AS asked (given)
    JOIN connections ON connections.api_client_id = ${id}::uuid AND connections.identity = 'property:' || asked.given
    WHERE connections.organization_id = ${organizationId}::uuid AND connections.state NOT IN ('disconnected', 'reconnect_required')`
  return { connected: rows.map(({ given }) => given) }
}
