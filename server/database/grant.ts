import pg from 'pg'
import { LOCKS } from './locks'

/** Tables that the application may add to and read, and never change: proofs. */
const APPEND_ONLY = ['audit_events', 'audit_seals', 'audit_checkpoints', 'audit_signing_keys']

/**
 * Gives the application's role what it needs and no more: no DDL, and on the audit tables only INSERT and SELECT.
 * Safe to run at every start.
 */
export async function grantToApp(ownerUrl: string, appUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    // In one transaction: the append-only tables are never writable, not even for a moment.
    await client.query('BEGIN')
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCKS.start])
    const role = client.escapeIdentifier(decodeURIComponent(new URL(appUrl).username))
    await client.query(`GRANT USAGE ON SCHEMA public TO ${role}`)
    await client.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role}`)
    await client.query(`GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ${role}`)
    // A restore also grants on the tables of an earlier version.
    const { rows } = await client.query<{ name: string }>('SELECT name FROM unnest($1::text[]) AS t (name) WHERE to_regclass(name) IS NOT NULL', [APPEND_ONLY])
    if (rows.length > 0) await client.query(`REVOKE UPDATE, DELETE, TRUNCATE ON ${rows.map(({ name }) => name).join(', ')} FROM ${role}`)
    await client.query(`REVOKE ALL ON _prisma_migrations FROM ${role}`)
    await client.query(`GRANT SELECT ON _prisma_migrations TO ${role}`)
    await client.query('COMMIT')
  } finally {
    await client.end()
  }
}
