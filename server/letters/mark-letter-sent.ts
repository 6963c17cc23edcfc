import 'server-only'
import type { Letter } from '@/contracts/letters'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { listLetters } from './list-letters'

/** A person sent the mail. @throws AppError `not_found`, `conflict` when the letter is no draft any more */
export async function markLetterSent(
  { viewer, context }: Actor,
  { id: apiClientId, letterId }: { id: string; letterId: string },
): Promise<{ items: Letter[] }> {
  const { organizationId } = viewer
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    const place = { id: letterId, apiClientId, organizationId, apiClient: { deletedAt: null } }
    if (!(await tx.letter.findFirst({ where: place }))) throw new AppError('not_found')
    const marked = await tx.letter.updateMany({ where: { ...place, state: 'drafted' }, data: { state: 'sent', sentAt: now } })
    if (marked.count === 0) throw new AppError('conflict')
    await recordAudit(tx, {
      action: 'letter.sent', outcome: 'success', organizationId, actor: { kind: 'user', id: viewer.userId },
      target: { kind: 'letter', id: letterId }, context, at: now,
    })
  })
  return listLetters(viewer, apiClientId)
}
