import 'server-only'
import type { KeyLineReason } from '@/contracts/key-migrations'
import type { Transaction } from '../db'
import type { NewRow } from './to-rows'

/** What is not sent. */
export interface Skipped {
  readonly state?: 'ambiguous'
  readonly reason: KeyLineReason
  readonly migratedBy?: string
  readonly connectionId?: string | undefined
}

interface Given {
  readonly organizationId: string
  readonly migrationId: string
  readonly rows: readonly NewRow[]
  /** By line number. */
  readonly skipped: ReadonlyMap<number, Skipped>
  readonly now: Date
}

/**
 * Puts the keys into the ledger, each once, and makes the lines of them: thousands of lines are few arrays. A key that was
 * erased before is kept again, because somebody brought it.
 */
export async function insertRows(tx: Transaction, { organizationId, migrationId, rows, skipped, now }: Given): Promise<void> {
  const lines = rows.map((row) => {
    const skip = skipped.get(row.number)
    return { ...row, state: skip ? (skip.state ?? 'skipped') : 'pending', reason: skip?.reason ?? null, connectionId: skip?.connectionId ?? row.connectionId, migratedBy: skip?.migratedBy ?? null }
  })
  const column = <K extends keyof (typeof lines)[number]>(name: K) => lines.map((line) => line[name])
  await tx.$executeRaw`
    INSERT INTO old_keys (id, organization_id, property_id, name, key_sealed, key_last4, fingerprint, state, migration_id, added_at)
    SELECT DISTINCT ON (line.property_id, line.fingerprint) gen_random_uuid(), ${organizationId}::uuid, line.property_id, line.name, line.sealed,
      line.last4, line.fingerprint, 'kept', ${migrationId}::uuid, ${now}
    FROM unnest(${column('propertyId')}::text[], ${column('name')}::text[], ${column('sealed')}::text[], ${column('last4')}::text[],
      ${column('fingerprint')}::text[]) AS line (property_id, name, sealed, last4, fingerprint)
    ON CONFLICT (organization_id, property_id, fingerprint) DO UPDATE SET
      name = coalesce(EXCLUDED.name, old_keys.name), migration_id = EXCLUDED.migration_id,
      key_sealed = coalesce(old_keys.key_sealed, EXCLUDED.key_sealed),
      state = CASE WHEN old_keys.state = 'erased' THEN 'kept' ELSE old_keys.state END, erased_at = NULL`
  await tx.$executeRaw`
    INSERT INTO key_lines (migration_id, number, property_id, name, old_key_id, state, reason, connection_id, migrated_by, next_try_at, updated_at)
    SELECT ${migrationId}::uuid, line.number, line.property_id, line.name, k.id, line.state::key_line_state, line.reason, line.connection_id,
      line.migrated_by, ${now}, ${now}
    FROM unnest(${column('number')}::int[], ${column('propertyId')}::text[], ${column('name')}::text[], ${column('fingerprint')}::text[],
      ${column('state')}::text[], ${column('reason')}::text[], ${column('connectionId')}::uuid[], ${column('migratedBy')}::uuid[])
      AS line (number, property_id, name, fingerprint, state, reason, connection_id, migrated_by)
    JOIN old_keys k ON k.organization_id = ${organizationId}::uuid AND k.property_id = line.property_id AND k.fingerprint = line.fingerprint`
}
