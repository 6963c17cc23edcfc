import 'server-only'
import { db, type Transaction } from '../db'
import { HOLDS_ITS_PLACE_SQL } from './holds-its-place'

interface Asked {
  readonly organizationId: string
  readonly apiClientId: string
  /** By the ids that Octorate gives. */
  readonly propertyIds: readonly string[]
}

/** For each of these properties that has one, the connection of the API client that covers it and lives, or waits for a consent that an owner asked for: its own before a network's. */
export async function findCovering({ organizationId, apiClientId, propertyIds }: Asked, tx: Pick<Transaction, '$queryRaw'> = db()): Promise<Map<string, string>> {
  if (propertyIds.length === 0) return new Map()
  const rows = await tx.$queryRaw<{ upstreamId: string; id: string }[]>`
    SELECT DISTINCT ON (p.upstream_id) p.upstream_id AS "upstreamId", c.id
    FROM properties p JOIN connections c ON c.id = p.connection_id
    WHERE p.organization_id = ${organizationId}::uuid AND p.upstream_id = ANY (${[...propertyIds]}::text[])
      AND c.api_client_id = ${apiClientId}::uuid AND ${HOLDS_ITS_PLACE_SQL}
    ORDER BY p.upstream_id, (c.identity = 'property:' || p.upstream_id) DESC, c.id`
  return new Map(rows.map(({ upstreamId, id }) => [upstreamId, id]))
}
