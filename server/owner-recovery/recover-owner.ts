import 'server-only'
import { isGuessable } from '@/lib/password-strength'
import { recordAudit } from '../audit/record-audit'
import { hashPassword } from '../auth/password'
import { digest } from '../crypto/digest'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { RequestContext } from '../http/request-context'
import { getRuntime } from '../runtime'
import { countAddress } from '../sign-in/throttle'

/**
 * Takes a recovery link, once: a new password, the role of an owner, and no living session from before. Two-factor sign-in
 * stays, unless the link was made to end it.
 *
 * @throws AppError `invitation_invalid`, `password_too_weak`, `too_many_attempts`
 */
export async function recoverOwner(given: { token: string; password: string }, context: RequestContext): Promise<{ email: string }> {
  await countAddress(context.address)
  const now = getRuntime().clock()
  if (isGuessable(given.password, [])) throw new AppError('password_too_weak')
  const passwordHash = await hashPassword(given.password)
  return transaction(async (tx) => {
    const [recovery] = await tx.ownerRecovery.updateManyAndReturn({
      where: { tokenDigest: digest(given.token), usedAt: null, expiresAt: { gt: now } },
      data: { usedAt: now },
    })
    if (!recovery) throw new AppError('invitation_invalid')
    const { userId, organizationId, resetsTwoFactor } = recovery
    const before = await tx.membership.findUnique({ where: { organizationId_userId: { organizationId, userId } } })
    // Removed meanwhile: the link gives nobody back what an owner took.
    if (!before) throw new AppError('invitation_invalid')
    const user = await tx.user.update({ where: { id: userId }, data: { passwordHash } })
    await tx.membership.update({ where: { organizationId_userId: { organizationId, userId } }, data: { role: 'owner', chosenAt: now } })
    await tx.session.updateMany({ where: { userId, revokedAt: null }, data: { revokedAt: now } })
    if (resetsTwoFactor) {
      await tx.twoFactor.deleteMany({ where: { userId } })
      await tx.recoveryCode.deleteMany({ where: { userId } })
    }
    await recordAudit(tx, {
      action: 'owner.recovered',
      outcome: 'success',
      organizationId,
      actor: { kind: 'user', id: userId },
      target: { kind: 'user', id: userId },
      change: { before: { role: before.role }, after: { role: 'owner' } },
      detail: { recoveryId: recovery.id, resetsTwoFactor },
      context,
      at: now,
    })
    return { email: user.email }
  })
}
