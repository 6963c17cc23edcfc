import 'server-only'
import type { Mail } from '@/contracts/mail'
import { translator } from '@/messages/translator'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { queueMail } from './queue-mail'
import { requireMail } from './require-mail'
import { toMail } from './to-dto'

/** Sends whoever asks a mail that is about nothing. */
export async function sendTestMail({ viewer, context }: Actor): Promise<Mail> {
  const { organizationId, organizationName, email } = viewer
  const t = translator('mail')
  const { publicUrl, clock } = getRuntime()
  const id = await transaction(async (tx) => {
    const mailId = await queueMail(tx, {
      organizationId, to: email, kind: 'test', subject: t('test.subject'), text: t('test.text', { organization: organizationName, address: publicUrl }),
    })
    await recordAudit(tx, {
      action: 'mail.tested', outcome: 'success', organizationId, actor: { kind: 'user', id: viewer.userId },
      target: { kind: 'mail', id: mailId }, context, at: clock(),
    })
    return mailId
  })
  return toMail(await requireMail(viewer, id))
}
