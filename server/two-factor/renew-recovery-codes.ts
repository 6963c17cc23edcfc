import 'server-only'
import type { ShownCodes } from '@/contracts/two-factor'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { requireFreshProof } from '../sign-in/require-fresh-proof'
import { getTwoFactor } from './get-two-factor'
import { replaceRecoveryCodes } from './recovery-codes'

/** @throws AppError `two_factor_is_off`, and what a fresh proof throws */
export async function renewRecoveryCodes(actor: Actor, password: string): Promise<ShownCodes> {
  const { viewer, context } = actor
  const { userId } = viewer
  await requireFreshProof(actor, password)
  const recoveryCodes = await transaction(async (tx) => {
    const isOn = await tx.twoFactor.count({ where: { userId, confirmedAt: { not: null } } })
    if (isOn === 0) throw new AppError('two_factor_is_off')
    await recordAudit(tx, {
      action: 'two_factor.codes_renewed',
      outcome: 'success',
      organizationId: viewer.organizationId,
      actor: { kind: 'user', id: userId },
      target: { kind: 'user', id: userId },
      context,
      at: getRuntime().clock(),
    })
    return replaceRecoveryCodes(tx, userId)
  })
  return { recoveryCodes, state: await getTwoFactor(viewer) }
}
