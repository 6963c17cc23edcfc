import pg from 'pg'
import type { AuditAction } from '@/contracts/audit-actions'

/**
 * Notes what was done by a command on the machine itself, in the audit log of no organization: whoever may read the keys
 * and the database is not a person whom Keyrack knows.
 */
export async function recordCommand(ownerUrl: string, action: AuditAction, detail: Readonly<Record<string, string | number>>): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(
      `INSERT INTO audit_events (at, action, outcome, actor_kind, detail) VALUES (now(), $1, 'success', 'system', $2)`,
      [action, JSON.stringify(detail)],
    )
  } finally {
    await client.end()
  }
}
