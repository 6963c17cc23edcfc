import 'server-only'
import { emailSchema } from '@/contracts/set-up'
import { recordAudit } from '../audit/record-audit'
import { passwordMatches } from '../auth/password'
import { db } from '../db'
import type { RequestContext } from '../http/request-context'
import { getRuntime } from '../runtime'
import { readDeviceCookie } from './known-device'
import { countAttempt, forgetAttempts } from './throttle'

interface Credentials {
  readonly email: string
  readonly password: string
  readonly deviceCookie: string | undefined
  readonly context: RequestContext
  /** What has to hold besides the password, before the tries are forgotten; throws when it does not. */
  readonly secondProof?: (user: { readonly id: string }) => Promise<void>
}

/**
 * The user whose e-mail and password these are, or null. Whether the e-mail is known, neither answer nor time tells.
 *
 * @throws AppError `too_many_attempts`, and what the second proof throws
 */
export async function verifyPassword({ email, password, deviceCookie, context, secondProof }: Credentials) {
  const parsed = emailSchema.safeParse(email)
  const normalised = parsed.success ? parsed.data : ''
  const attempt = { email: normalised, address: context.address, knownDevice: readDeviceCookie(deviceCookie, normalised) }
  await countAttempt(attempt)
  const user = normalised ? await db().user.findUnique({ where: { email: normalised } }) : null
  const matches = await passwordMatches(password.slice(0, 1_000), user?.passwordHash ?? null)
  if (user && matches && !user.disabledAt) {
    await secondProof?.(user)
    await forgetAttempts(attempt)
    return user
  }
  const membership = user ? await db().membership.findFirst({ where: { userId: user.id } }) : null
  await recordAudit(db(), {
    action: 'session.refused',
    outcome: 'failure',
    organizationId: membership?.organizationId ?? null,
    actor: { kind: 'anonymous' },
    ...(user ? { target: { kind: 'user', id: user.id } } : {}),
    context,
    at: getRuntime().clock(),
  })
  return null
}
