import 'server-only'
import { db, type Transaction } from '../db'

/** A line of a migration that is not over. */
export interface OpenLine {
  readonly migrationId: string
  readonly number: number
  readonly propertyId: string
  readonly name: string | null
  readonly fingerprint: string
}

interface Asked {
  readonly organizationId: string
  readonly propertyIds: readonly string[]
}

/**
 * All lines of those migrations that are not over and have one of these properties, whichever the API client: an old key
 * is worth one token.
 */
export async function findOpenLines({ organizationId, propertyIds }: Asked, tx: Pick<Transaction, '$queryRaw'> = db()): Promise<OpenLine[]> {
  return tx.$queryRaw<OpenLine[]>`
    SELECT l.migration_id AS "migrationId", l.number, l.property_id AS "propertyId", l.name, k.fingerprint
    FROM key_lines l JOIN old_keys k ON k.id = l.old_key_id
    WHERE l.migration_id IN (
      SELECT other.migration_id FROM old_keys mine
      JOIN key_lines other ON other.old_key_id = mine.id
      JOIN key_migrations m ON m.id = other.migration_id AND m.finished_at IS NULL
      WHERE mine.organization_id = ${organizationId}::uuid AND mine.property_id = ANY (${[...propertyIds]}::text[])
    )
    ORDER BY l.migration_id, l.number`
}
