import 'server-only'
import { db } from '../db'
import { Prisma } from '../generated/prisma/client'
import { getRuntime } from '../runtime'

const SOON_MS = 1_000

/**
 * Migrations with something to do about now: a line that may be begun, one that waits to be gone on with, or nothing left
 * at all, so that they can be ended. One that is paused, or stopped by itself, costs no more than this look.
 */
export async function findDueMigrations(): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`SELECT m.id FROM key_migrations m WHERE ${isDue()}`
  return rows.map(({ id }) => id)
}

/** Whether there are any. */
export function anyDueMigration(): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT 1 FROM key_migrations m WHERE ${isDue()})`
}

function isDue(): Prisma.Sql {
  const soon = new Date(getRuntime().clock().getTime() + SOON_MS)
  return Prisma.sql`m.finished_at IS NULL AND (
    (m.state = 'running' AND m.next_slot_at <= ${soon} AND EXISTS (
      SELECT 1 FROM key_lines l WHERE l.migration_id = m.id AND l.state = 'pending' AND l.next_try_at <= ${soon}
    ))
    OR EXISTS (
      SELECT 1 FROM key_lines l WHERE l.migration_id = m.id AND l.state IN ('sent', 'received', 'stored') AND l.next_try_at <= ${soon}
    )
    OR NOT EXISTS (
      SELECT 1 FROM key_lines l
      WHERE l.migration_id = m.id AND (l.state IN ('sent', 'received', 'stored') OR (l.state = 'pending' AND m.state <> 'cancelled'))
    )
  )`
}
