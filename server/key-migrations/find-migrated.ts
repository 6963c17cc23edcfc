import 'server-only'
import { db, type Transaction } from '../db'

interface Asked {
  readonly organizationId: string
  readonly apiClientId: string
  readonly propertyIds: readonly string[]
}

/** What an earlier migration did with a property. */
export interface Migrated {
  /** `ambiguous`: Octorate was called, and nobody knows what came of it. */
  readonly state: 'verified' | 'ambiguous'
  readonly migrationId: string
  readonly at: Date
}

/** For each of these properties that was sent before as the API client, what came of it; a verified line before an ambiguous one. */
export async function findMigrated({ organizationId, apiClientId, propertyIds }: Asked, tx: Pick<Transaction, '$queryRaw'> = db()): Promise<Map<string, Migrated>> {
  const rows = await tx.$queryRaw<(Migrated & { propertyId: string })[]>`
    SELECT DISTINCT ON (l.property_id) l.property_id AS "propertyId", l.state::text AS state, l.migration_id AS "migrationId", l.updated_at AS at
    FROM old_keys k JOIN key_lines l ON l.old_key_id = k.id JOIN key_migrations m ON m.id = l.migration_id
    WHERE k.organization_id = ${organizationId}::uuid AND k.property_id = ANY (${[...propertyIds]}::text[])
      AND l.state IN ('verified', 'ambiguous') AND m.api_client_id = ${apiClientId}::uuid
    ORDER BY l.property_id, l.state = 'verified' DESC, l.updated_at`
  return new Map(rows.map(({ propertyId, ...migrated }) => [propertyId, migrated]))
}
