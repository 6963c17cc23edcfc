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
  // A backup of an earlier version knows less: its tables are made later, and are empty.
  if (await hasTable(client, 'key_migrations')) {
    await client.query(`UPDATE key_migrations SET state = 'paused', updated_at = now() WHERE state = 'running'`)
  }
  if (await hasTable(client, 'mails')) {
    await client.query(`SELECT keyrack_add_job('send_mail', json_build_object('mailId', id), 'mail:' || id, 0) FROM mails WHERE state = 'queued'`)
  }
  if (await hasTable(client, 'webhook_deliveries')) {
    await tellWhatDiffers(client, restored)
    await client.query(
      `SELECT keyrack_add_job('deliver_webhook', json_build_object('deliveryId', id), 'webhook:' || id, 0) FROM webhook_deliveries WHERE state = 'queued'`,
    )
  }
}

async function hasTable(client: Pick<ClientBase, 'query'>, name: string): Promise<boolean> {
  const { rows } = await client.query<{ is: boolean }>('SELECT to_regclass($1) IS NOT NULL AS is', [`public.${name}`])
  return rows[0]?.is ?? false
}

/** That a connection was put back is no change of it: what is told is only where its state is not what was told before. */
async function tellWhatDiffers(client: Pick<ClientBase, 'query'>, restored: readonly string[]): Promise<void> {
  await client.query('DELETE FROM connection_changes WHERE connection_id = ANY($1::uuid[])', [restored])
  await client.query(
    `INSERT INTO connection_changes (organization_id, connection_id, from_state, to_state, at)
     SELECT c.organization_id, c.id, 'connected', c.state, c.state_since
     FROM connections c LEFT JOIN connection_watches w ON w.connection_id = c.id
     WHERE c.id = ANY($1::uuid[]) AND (
       (c.state = 'reconnect_required' AND w.told IS DISTINCT FROM 'reconnect_required')
       OR (c.state = 'refresh_failing' AND w.connection_id IS NULL)
       OR (c.state IN ('connected', 'disconnected') AND w.connection_id IS NOT NULL)
     )`,
    [restored],
  )
}
