import 'server-only'
import { recordAudit } from '../audit/record-audit'
import { digest } from '../crypto/digest'
import { transaction } from '../database/transaction'
import type { RequestContext } from '../http/request-context'
import { getRuntime } from '../runtime'

/** Ends the session with this random id, if there is one: signing out. */
export async function endSession(token: string, context: RequestContext): Promise<void> {
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    const session = await tx.session.findUnique({ where: { tokenDigest: digest(token) } })
    if (!session || session.revokedAt) return
    await tx.session.update({ where: { id: session.id }, data: { revokedAt: now } })
    await recordAudit(tx, {
      action: 'session.ended',
      outcome: 'success',
      organizationId: session.organizationId,
      actor: { kind: 'user', id: session.userId },
      target: { kind: 'session', id: session.id },
      context,
      at: now,
    })
  })
}
