import { randomUUID } from 'node:crypto'
import type { KeyMigrationStage, KeyMigrationState, KeyMigrationStop } from '@/contracts/key-migrations'
import type { Maker, TestOrganization } from '@/tests/make-organization'

interface Planted {
  readonly name: string
  readonly lines: number
  readonly state: KeyMigrationState
  readonly stage?: KeyMigrationStage
  readonly stopReason?: KeyMigrationStop
}

/**
 * A migration in the middle of its way, by data: one line in eight waits, and the others have come to each end there is.
 * Nobody works on it: its next line may be begun in a year. It comes whole, because one without lines is over.
 */
export async function plantKeyMigration({ sql }: Pick<Maker, 'sql'>, { id: organizationId, apiClient, people }: TestOrganization, planted: Planted): Promise<string> {
  const id = randomUUID()
  const { name, lines, state, stage = 'rest', stopReason = null } = planted
  await sql.query('BEGIN')
  await sql.query(
    `INSERT INTO key_migrations (id, organization_id, api_client_id, name, state, stage, stop_reason, per_second, gap_ms, next_slot_at, digest, total,
       actor_kind, actor_id, created_at, updated_at, finished_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, 5, 500, now() + interval '1 year', $8, $9, 'user', $10, now() - interval '20 seconds', now(), $11)`,
    [id, organizationId, apiClient.id, name, state, stage, stopReason, `digest of ${id}`, lines, people.owner.id, state === 'finished' ? new Date() : null],
  )
  await sql.query(LINES, [id, organizationId, lines, state === 'finished' ? 'skipped' : 'pending'])
  await sql.query('COMMIT')
  return id
}

const LINES = `
  WITH planted AS (
    SELECT index, gen_random_uuid() AS key_id, (700000 + index)::text AS property_id, 'Hotel Miramare ' || index AS name, CASE index % 8
      WHEN 0 THEN $4 WHEN 1 THEN 'failed' WHEN 2 THEN 'ambiguous' WHEN 3 THEN 'skipped' ELSE 'verified' END AS state
    FROM generate_series(1, $3::int) AS index
  ), keys AS (
    INSERT INTO old_keys (id, organization_id, property_id, name, key_last4, fingerprint, state, migration_id, added_at, migrated_at, retired_at)
    SELECT key_id, $2, property_id, name, lpad((index % 10000)::text, 4, '0'), key_id::text,
      (CASE WHEN index % 16 = 7 THEN 'retired' ELSE 'kept' END)::old_key_state, $1, now(), CASE WHEN state = 'verified' THEN now() END,
      CASE WHEN index % 16 = 7 THEN now() END
    FROM planted
  )
  INSERT INTO key_lines (migration_id, number, property_id, name, old_key_id, state, reason, connection_id, next_try_at, updated_at)
  SELECT $1, index + 1, property_id, name, key_id, state::key_line_state, CASE state
    WHEN 'failed' THEN (ARRAY['old_key_refused', 'key_of_other_property', 'migration_refused', 'refresh_refused'])[1 + index / 8 % 4]
    WHEN 'ambiguous' THEN 'answer_lost' WHEN 'skipped' THEN 'already_connected' END,
    gen_random_uuid(), now() + interval '1 year', now()
  FROM planted`
