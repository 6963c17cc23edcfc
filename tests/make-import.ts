import { randomUUID } from 'node:crypto'
import { seal } from '@/server/crypto/seal'
import type { Maker, TestOrganization } from './make-organization'

interface Wishes {
  readonly state: 'running' | 'finished'
  readonly name?: string
}

/**
 * An import of one failed line whose token is kept, made by data: nobody works on it. Without a property, so that another
 * try asks nobody and stores nothing.
 */
export async function makeImport({ sql, keys }: Maker, organization: TestOrganization, { state, name = 'A cohort' }: Wishes): Promise<string> {
  const [id, connectionId] = [randomUUID(), randomUUID()]
  await sql.query(
    `INSERT INTO connection_imports (id, organization_id, api_client_id, name, probe, state, digest, total, actor_kind, actor_id, created_at)
     VALUES ($1, $2, $3, $6, false, $4, $7, 1, 'user', $5, now())`,
    [id, organization.id, organization.apiClient.id, state, organization.people.owner.id, name, `digest of ${id}`],
  )
  const context = { table: 'import_lines', column: 'refresh_token_sealed', organizationId: organization.id, rowId: `${id}/1`, version: 1 }
  await sql.query(
    `INSERT INTO import_lines (import_id, number, property_id, refresh_token_sealed, refresh_token_last4, refresh_fingerprint, state, reason,
       connection_id, next_try_at, updated_at)
     VALUES ($1, 1, NULL, $2, 'abcd', 'none', 'failed', 'upstream_refused', $3, now(), now())`,
    [id, seal(keys, context, `sbx_${id}`), connectionId],
  )
  return id
}
