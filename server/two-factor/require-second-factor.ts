import 'server-only'
import { recordAudit } from '../audit/record-audit'
import { db } from '../db'
import { AppError } from '../http/app-error'
import type { RequestContext } from '../http/request-context'
import { getRuntime } from '../runtime'
import { firstOrganizationOf } from '../users/first-organization-of'
import { takeRecoveryCode } from './recovery-codes'
import { takeCode } from './take-code'

/**
 * The second step of a sign-in, for who has set it up: a code of the authenticator app, or a recovery code. Each is taken
 * once. Tries are counted with those of the password, which start anew only after this.
 *
 * @throws AppError `two_factor_needed` when no code came along; `two_factor_wrong`
 */
export async function requireSecondFactor(userId: string, typed: string, context: RequestContext): Promise<void> {
  const factor = await db().twoFactor.findFirst({ where: { userId, confirmedAt: { not: null } } })
  if (!factor) return
  const code = typed.slice(0, 100).trim()
  if (code === '') throw new AppError('two_factor_needed')
  if ((await takeCode(factor, code)) || (await takeRecoveryCode(userId, code, context))) return
  await recordAudit(db(), {
    action: 'session.refused',
    outcome: 'failure',
    organizationId: await firstOrganizationOf(db(), userId),
    actor: { kind: 'anonymous' },
    target: { kind: 'user', id: userId },
    detail: { step: 'second factor' },
    context,
    at: getRuntime().clock(),
  })
  throw new AppError('two_factor_wrong')
}
