import 'server-only'
import type { Transaction } from '../db'
import { Prisma } from '../generated/prisma/client'
import { getRuntime } from '../runtime'
import { readRecipients } from './read-recipients'
import type { RecipientNow } from './recipients-now'

/** Few enough that a transaction is short. */
const AT_ONCE = 20

/**
 * Locks recipients whose mail is due, for this transaction; those that another process has in hand are passed over. Whoever
 * has no address waits for one for as long as the link lives.
 */
export async function claimRecipients(tx: Transaction, now: Date): Promise<RecipientNow[]> {
  const due = await tx.$queryRaw<{ id: string }[]>`
    SELECT r.id ${dueRecipients(now)} ORDER BY r.next_mail_at, r.id LIMIT ${AT_ONCE} FOR UPDATE OF r SKIP LOCKED`
  if (due.length === 0) return []
  return readRecipients(tx, Prisma.sql`r.id = ANY (${due.map(({ id }) => id)}::uuid[])`, now)
}

/** Whether there are any. */
export function anyDueRecipient(): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT 1 ${dueRecipients(getRuntime().clock())})`
}

function dueRecipients(now: Date): Prisma.Sql {
  return Prisma.sql`FROM campaign_recipients r
    JOIN campaigns c ON c.id = r.campaign_id
    JOIN connections k ON k.id = r.connection_id
    WHERE r.next_mail_at <= ${now} AND r.left_out IS NULL AND c.stopped_at IS NULL AND (
      k.contact_email IS NOT NULL
      OR NOT EXISTS (SELECT 1 FROM links l WHERE l.recipient_id = r.id AND l.expires_at > ${now})
    )`
}
