import 'server-only'
import type { ShownCodes } from '@/contracts/two-factor'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { getTwoFactor } from './get-two-factor'
import { replaceRecoveryCodes } from './recovery-codes'
import { takeCode } from './take-code'

/**
 * Turns two-factor sign-in on, by a first code of the authenticator app. Every other session of the person ends: it began
 * without.
 *
 * @throws AppError `two_factor_is_off` before the beginning, `two_factor_is_on`, `two_factor_wrong`
 */
export async function confirmTwoFactor({ viewer, context }: Actor, code: string): Promise<ShownCodes> {
  const { userId, sessionId } = viewer
  const now = getRuntime().clock()
  const recoveryCodes = await transaction(async (tx) => {
    const factor = await tx.twoFactor.findUnique({ where: { userId } })
    if (!factor) throw new AppError('two_factor_is_off')
    if (factor.confirmedAt) throw new AppError('two_factor_is_on')
    if (!(await takeCode(factor, code, tx))) throw new AppError('two_factor_wrong')
    await tx.twoFactor.update({ where: { userId }, data: { confirmedAt: now } })
    await tx.session.updateMany({ where: { userId, revokedAt: null, id: { not: sessionId } }, data: { revokedAt: now } })
    await recordAudit(tx, {
      action: 'two_factor.enabled',
      outcome: 'success',
      organizationId: viewer.organizationId,
      actor: { kind: 'user', id: userId },
      target: { kind: 'user', id: userId },
      context,
      at: now,
    })
    return replaceRecoveryCodes(tx, userId)
  })
  return { recoveryCodes, state: await getTwoFactor(viewer) }
}
