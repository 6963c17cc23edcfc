import type pg from 'pg'
import { FOLDED } from '@/server/hand-outs/ledger-sql'

/**
 * Proofs are looked at by themselves; migrations never change here. What runs jobs says so every ten seconds, and works on
 * imports and migrations of old keys by itself: whoever began, ended or changed one has left a proof. Lanes come with the refreshes that the engine
 * sends by itself. Requests with a machine key are counted a little later. What is told of, and how far mails and messages are,
 * moves by itself too: whoever changed who is told has left a proof. So does the stream of the audit log. Hand-outs are looked at as if all were
 * folded into the ledger, which happens a few seconds later.
 */
const APART = [
  'audit_events', 'audit_seals', 'audit_checkpoints', 'audit_signing_keys', '_prisma_migrations', 'job_runners', 'connection_imports', 'import_lines',
  'key_migrations', 'key_lines', 'old_keys',
  'refresh_lanes', 'key_requests', 'connection_changes', 'connection_watches', 'connection_uses', 'alerts', 'alert_settings', 'admin_token_reminders',
  'quota_readings', 'known_key_addresses', 'key_hints', 'operations', 'webhook_endpoints', 'webhook_deliveries', 'mails', 'audit_stream_positions', 'hand_out_batches',
]

/**
 * A digest of every table's rows, by table, so that two snapshots tell what changed. When a session was last seen is left
 * out: reading moves it.
 */
export async function snapshotState(sql: pg.Client): Promise<Record<string, string>> {
  const tables = await sql.query<{ tablename: string }>("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
  const found: Record<string, string> = {}
  for (const { tablename } of tables.rows) {
    if (APART.includes(tablename)) continue
    const answer = await sql.query<{ rows: string; digest: string }>(
      `SELECT count(*) AS rows, md5(coalesce(string_agg(row_digest, '' ORDER BY row_digest), '')) AS digest
       FROM (SELECT md5((to_jsonb(t) - 'last_seen_at')::text) AS row_digest FROM ${tablename === 'hand_outs' ? FOLDED : sql.escapeIdentifier(tablename)} t) rows`,
    )
    const [row] = answer.rows
    found[tablename] = `${row?.rows ?? 0} rows, ${row?.digest ?? ''}`
  }
  return found
}

/** Actions of the audit events written since an event id, oldest first. */
export async function auditSince(sql: pg.Client, lastId: string): Promise<string[]> {
  const answer = await sql.query<{ action: string }>('SELECT action FROM audit_events WHERE id > $1 ORDER BY id', [lastId])
  return answer.rows.map((row) => row.action)
}

export async function lastAuditId(sql: pg.Client): Promise<string> {
  const answer = await sql.query<{ id: string }>('SELECT coalesce(max(id), 0) AS id FROM audit_events')
  return answer.rows[0]?.id ?? '0'
}
