import type { Mail } from '@/contracts/mail'
import type { Mail as MailRow } from '../generated/prisma/client'

export function toMail(row: MailRow): Mail {
  return {
    id: row.id,
    recipient: row.recipient,
    subject: row.subject,
    kind: row.kind,
    state: row.state,
    tries: row.tries,
    createdAt: row.createdAt.toISOString(),
    settledAt: row.settledAt?.toISOString() ?? null,
    nextTryAt: row.state === 'queued' ? row.nextTryAt.toISOString() : null,
    failure: row.failure,
    hasText: row.bodySealed !== null,
  }
}
