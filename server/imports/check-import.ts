import 'server-only'
import { requireApiClient } from '../api-clients/find-api-client'
import type { Viewer } from '../auth/viewer'
import { HOLDS_ITS_PLACE_SQL } from '../connections/holds-its-place'
import { db } from '../db'

/** Which of these properties the API client has a living connection for, by the ids that Octorate gives. */
export async function checkImport(
  viewer: Viewer,
  { apiClientId, propertyIds }: { readonly apiClientId: string; readonly propertyIds: readonly string[] },
): Promise<{ connected: string[] }> {
  const { id, organizationId } = await requireApiClient(viewer, apiClientId)
  const rows = await db().$queryRaw<{ given: string }[]>`
    SELECT DISTINCT asked.given FROM unnest(${[...propertyIds]}::text[]) AS asked (given)
    JOIN connections c ON c.api_client_id = ${id}::uuid AND c.identity = 'property:' || asked.given
    WHERE c.organization_id = ${organizationId}::uuid AND ${HOLDS_ITS_PLACE_SQL}`
  return { connected: rows.map(({ given }) => given) }
}
