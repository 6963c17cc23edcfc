import 'server-only'
import type { Transaction } from '../db'
import { AppError } from '../http/app-error'

interface Whose {
  readonly userId: string
  /** The one session that stays; all others end. */
  readonly keptSessionId: string | null
  readonly now: Date
}

/** Ends two-factor sign-in of a person with its recovery codes, and their sessions. @throws AppError `two_factor_is_off` */
export async function forgetTwoFactor(tx: Transaction, { userId, keptSessionId, now }: Whose): Promise<void> {
  const { count } = await tx.twoFactor.deleteMany({ where: { userId, confirmedAt: { not: null } } })
  if (count === 0) throw new AppError('two_factor_is_off')
  await tx.recoveryCode.deleteMany({ where: { userId } })
  await tx.session.updateMany({
    where: { userId, revokedAt: null, ...(keptSessionId ? { id: { not: keptSessionId } } : {}) },
    data: { revokedAt: now },
  })
}
