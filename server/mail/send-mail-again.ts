import 'server-only'
import type { Mail } from '@/contracts/mail'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { addMailJob } from './queue-mail'
import { requireMail } from './require-mail'
import { toMail } from './to-dto'

/** Sends a mail once more, whatever became of it, while its text is kept and what it tells has not ended. @throws AppError `not_found`, `mail_not_available` */
export async function sendMailAgain({ viewer, context }: Actor, id: string): Promise<Mail> {
  const { organizationId } = viewer
  const { kind } = await requireMail(viewer, id)
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    const queued = await tx.mail.updateMany({
      where: { id, organizationId, bodySealed: { not: null }, state: { not: 'withdrawn' } },
      data: { state: 'queued', tries: 0, nextTryAt: now, failure: null, settledAt: null },
    })
    if (queued.count === 0) throw new AppError('mail_not_available')
    await addMailJob(tx, id)
    await recordAudit(tx, {
      action: 'mail.sent_again', outcome: 'success', organizationId, actor: { kind: 'user', id: viewer.userId },
      target: { kind: 'mail', id }, detail: { kind }, context, at: now,
    })
  })
  return toMail(await requireMail(viewer, id))
}
