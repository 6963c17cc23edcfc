import 'server-only'
import type { TwoFactorState } from '@/contracts/two-factor'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { requireFreshProof } from '../sign-in/require-fresh-proof'
import { forgetTwoFactor } from './forget-two-factor'
import { getTwoFactor } from './get-two-factor'

/**
 * Turns two-factor sign-in off; every other session of the person ends.
 *
 * @throws AppError `two_factor_required` where one of their organizations asks for it, `two_factor_is_off`, and what a
 * fresh proof throws
 */
export async function disableTwoFactor(actor: Actor, password: string): Promise<TwoFactorState> {
  const { viewer, context } = actor
  const { userId } = viewer
  await requireFreshProof(actor, password)
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    const wanting = await tx.membership.count({ where: { userId, organization: { requiresTwoFactor: true } } })
    if (wanting > 0) throw new AppError('two_factor_required')
    await forgetTwoFactor(tx, { userId, keptSessionId: viewer.sessionId, now })
    await recordAudit(tx, {
      action: 'two_factor.disabled',
      outcome: 'success',
      organizationId: viewer.organizationId,
      actor: { kind: 'user', id: userId },
      target: { kind: 'user', id: userId },
      context,
      at: now,
    })
  })
  return getTwoFactor(viewer)
}
