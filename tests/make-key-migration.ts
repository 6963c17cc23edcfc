import { randomUUID } from 'node:crypto'
import type { Maker, TestOrganization } from './make-organization'

interface Wishes {
  readonly state: 'running' | 'paused' | 'finished'
  readonly name?: string
}

/**
 * A migration of one failed line whose key is erased, made by data: nobody works on it, and another try has nothing to
 * send. It stays open as long as its state says, because its line is looked at in a year only.
 */
export async function makeKeyMigration({ sql }: Maker, organization: TestOrganization, { state, name = 'Old hotels' }: Wishes): Promise<{ id: string; oldKeyId: string }> {
  const [id, oldKeyId, propertyId] = [randomUUID(), randomUUID(), randomUUID()]
  await sql.query(
    `INSERT INTO key_migrations (id, organization_id, api_client_id, name, state, gap_ms, next_slot_at, digest, total, actor_kind, actor_id,
       created_at, updated_at, finished_at)
     VALUES ($1, $2, $3, $8, $4, 0, now() + interval '1 year', $5, 2, 'user', $6, now(), now(), $7)`,
    [id, organization.id, organization.apiClient.id, state, `digest of ${id}`, organization.people.owner.id, state === 'finished' ? new Date() : null, name],
  )
  await sql.query(
    `INSERT INTO old_keys (id, organization_id, property_id, key_last4, fingerprint, migration_id, added_at, migrated_at)
     VALUES ($1, $2, $3, 'abcd', 'none', $4, now(), now())`,
    [oldKeyId, organization.id, propertyId, id],
  )
  await sql.query(
    `INSERT INTO key_lines (migration_id, number, property_id, old_key_id, state, reason, connection_id, next_try_at, updated_at)
     VALUES ($1, 1, $2, $3, 'failed', 'refresh_refused', $4, now(), now()), ($1, 2, $2, $3, $6, NULL, $5, now() + interval '1 year', now())`,
    [id, propertyId, oldKeyId, randomUUID(), randomUUID(), state === 'finished' ? 'skipped' : 'pending'],
  )
  return { id, oldKeyId }
}
