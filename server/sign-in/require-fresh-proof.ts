import 'server-only'
import { db } from '../db'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { verifyPassword } from './verify-password'

const FRESH_MS = 5 * 60_000

/**
 * Makes sure that the person at the keyboard is the one who signed in: by their password, in this very request; or, where
 * they have none, by a sign-in of the last five minutes. Tries are counted as those to sign in are.
 *
 * @throws AppError `password_wrong`, `fresh_sign_in_needed`, `too_many_attempts`
 */
export async function requireFreshProof({ viewer, context }: Actor, password: string): Promise<void> {
  const user = await db().user.findUnique({ where: { id: viewer.userId }, select: { passwordHash: true } })
  if (user?.passwordHash && getRuntime().env.KEYRACK_PASSWORDS === 'on') {
    const known = await verifyPassword({ email: viewer.email, password, deviceCookie: undefined, context })
    if (known?.id !== viewer.userId) throw new AppError('password_wrong')
    return
  }
  const session = await db().session.findFirst({ where: { id: viewer.sessionId, userId: viewer.userId, revokedAt: null } })
  const isFresh = session !== null && getRuntime().clock().getTime() - session.authenticatedAt.getTime() <= FRESH_MS
  if (!isFresh) throw new AppError('fresh_sign_in_needed')
}
