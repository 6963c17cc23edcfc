import 'server-only'
import type { QuarantinedGrantSummary } from '@/contracts/quarantined-grants'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { db } from '../db'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { adoptGrant } from './adopt'
import { getQuarantinedGrant } from './get-quarantined-grants'

/** Somebody takes the consent for what it is. @throws AppError `not_found`, `conflict` */
export async function connectQuarantined({ viewer, context }: Actor, id: string): Promise<{ connectionId: string }> {
  const { organizationId, userId } = viewer
  const row = await db().quarantinedGrant.findFirst({ where: { id, organizationId } })
  if (!row) throw new AppError('not_found')
  const actor = { kind: 'user', id: userId } as const
  return { connectionId: await adoptGrant(row, { state: 'connected', action: 'quarantined_grant.connected', actor, userId, context }) }
}

/** Nobody wants it: the answer is wiped here. The consent at Octorate stays until the hotelier ends it. @throws AppError `not_found`, `conflict` */
export async function eraseQuarantined({ viewer, context }: Actor, id: string): Promise<QuarantinedGrantSummary> {
  await getQuarantinedGrant(viewer, id)
  const { organizationId, userId } = viewer
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    const erased = await tx.quarantinedGrant.updateMany({
      where: { id, organizationId, state: { in: ['probing', 'held'] } },
      data: { state: 'erased', answerSealed: null, settledAt: now },
    })
    if (erased.count === 0) throw new AppError('conflict')
    await recordAudit(tx, {
      action: 'quarantined_grant.erased', outcome: 'success', organizationId, actor: { kind: 'user', id: userId },
      target: { kind: 'quarantined_grant', id }, context, at: now,
    })
  })
  return getQuarantinedGrant(viewer, id)
}
