import 'server-only'
import type { TwoFactorState } from '@/contracts/two-factor'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'

/** How the person who asks signs in. */
export async function getTwoFactor({ userId, organizationId, email }: Viewer): Promise<TwoFactorState> {
  const [user, organization, recoveryCodesLeft] = await Promise.all([
    db().user.findUniqueOrThrow({ where: { id: userId }, select: { passwordHash: true, twoFactor: { select: { confirmedAt: true } } } }),
    db().organization.findUniqueOrThrow({ where: { id: organizationId }, select: { requiresTwoFactor: true } }),
    db().recoveryCode.count({ where: { userId, usedAt: null } }),
  ])
  const since = user.twoFactor?.confirmedAt ?? null
  return {
    account: email,
    isOn: since !== null,
    since: since?.toISOString() ?? null,
    recoveryCodesLeft: since ? recoveryCodesLeft : 0,
    isRequired: organization.requiresTwoFactor,
    hasPassword: user.passwordHash !== null,
  }
}
