import type { ClientBase } from 'pg'

/**
 * What a restore leaves to be done, in its transaction. Since the backup was taken, tokens were refreshed and may have
 * been cancelled: no access token that was put back is handed out before a refresh has proven the connection, and every
 * such connection is due at once. Leases of processes that are gone are free, and work that was under way goes on; but not
 * migrations: old keys that waited then may have been sent since, so a person decides.
 *
 * @param restored ids of the connections whose tokens came from the backup
 */
export async function settleRestored(client: Pick<ClientBase, 'query'>, restored: readonly string[]): Promise<void> {
  await client.query(
    `UPDATE connections SET access_expires_at = LEAST(access_expires_at, now()), next_refresh_at = now(), lease_owner = NULL, lease_until = NULL
     WHERE id = ANY($1::uuid[]) AND state IN ('connected', 'refresh_failing')`,
    [restored],
  )
  await client.query(
    `SELECT keyrack_add_job('run_import', json_build_object('importId', id), 'import:' || id, 0) FROM connection_imports WHERE state = 'running'`,
  )
  await client.query(`UPDATE key_migrations SET state = 'paused', updated_at = now() WHERE state = 'running'`)
}
