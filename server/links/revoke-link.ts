import 'server-only'
import type { LinkDetail } from '@/contracts/links'
import { FINAL_STATES } from '@/lib/links/link-state'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { getLink } from './get-link'
import { requireLink } from './require-link'

/** Ends a link at once, whoever has it open. @throws AppError `not_found`, `link_over` */
export async function revokeLink({ viewer, context }: Actor, id: string): Promise<LinkDetail> {
  const { organizationId, userId } = viewer
  await requireLink(viewer, id)
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    const revoked = await tx.link.updateMany({
      where: { id, organizationId, state: { notIn: [...FINAL_STATES] } },
      data: { state: 'revoked', endedAt: now, codeFingerprint: null },
    })
    if (revoked.count === 0) throw new AppError('link_over')
    await recordAudit(tx, {
      action: 'link.revoked', outcome: 'success', organizationId, actor: { kind: 'user', id: userId },
      target: { kind: 'link', id }, context, at: now,
    })
  })
  return getLink(viewer, id)
}
