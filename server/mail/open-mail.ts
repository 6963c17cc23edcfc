import 'server-only'
import { recordAudit } from '../audit/record-audit'
import { db } from '../db'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { openMailText, requireMail } from './require-mail'

/**
 * The text of a mail that went no further than the data folder, with its links: without a mail server an owner hands them
 * over. A mail that was sent is its recipient's.
 *
 * @throws AppError `not_found`, `mail_not_available`
 */
export async function openMail({ viewer, context }: Actor, id: string): Promise<{ text: string }> {
  const row = await requireMail(viewer, id)
  const text = row.state === 'written' && !getRuntime().env.KEYRACK_SMTP_URL ? openMailText(row) : null
  if (text === null) throw new AppError('mail_not_available')
  await recordAudit(db(), {
    action: 'mail.opened', outcome: 'success', organizationId: viewer.organizationId, actor: { kind: 'user', id: viewer.userId },
    target: { kind: 'mail', id }, detail: { kind: row.kind }, context, at: getRuntime().clock(),
  })
  return { text }
}
