import 'server-only'
import { db } from '../db'
import { Prisma } from '../generated/prisma/client'
import { noteLinkFailure } from '../links/note-link-step'
import { getRuntime } from '../runtime'

/** Longer than an exchange can take, and than its code lives. */
const ABANDONED_AFTER_MS = 2 * 60_000
const AT_ONCE = 100

/**
 * A flow whose process died between consuming the state and receiving an answer can't be finished: its code is too old.
 * The oldest first; those whose answer waits in the journal are none of them.
 */
export async function closeAbandoned(now: Date): Promise<void> {
  const { rows } = await getRuntime().pool.query<{ link_id: string | null }>(
    Prisma.sql`UPDATE authorizations SET failure = 'code_expired', finished_at = ${now} WHERE finished_at IS NULL AND id IN (
      SELECT a.id ${abandoned(now)} ORDER BY a.consumed_at LIMIT ${AT_ONCE}
    ) RETURNING link_id`,
  )
  for (const { link_id: linkId } of rows) await noteLinkFailure(db(), linkId, { code: 'code_expired', at: now })
}

/** Whether there are any. */
export function anyAbandoned(now: Date): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT 1 ${abandoned(now)})`
}

function abandoned(now: Date): Prisma.Sql {
  return Prisma.sql`FROM authorizations a
    WHERE a.consumed_at < ${new Date(now.getTime() - ABANDONED_AFTER_MS)} AND a.finished_at IS NULL AND a.connection_id IS NULL
      AND NOT EXISTS (SELECT 1 FROM grant_journal j WHERE j.authorization_id = a.id AND j.state = 'received')`
}
