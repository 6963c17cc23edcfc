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
}

/**
 * The user whose e-mail and password these are, or null. Whether the e-mail is known, neither answer nor time tells.
 *
 * @throws AppError `too_many_attempts`
 */
export async function verifyPassword({ email, password, deviceCookie, context }: Credentials) {
  const parsed = emailSchema.safeParse(email)
  const normalised = parsed.success ? parsed.data : ''
  const attempt = { email: normalised, address: context.address, knownDevice: readDeviceCookie(deviceCookie, normalised) }
  await countAttempt(attempt)
  const user = normalised ? await db().user.findUnique({ where: { email: normalised } }) : null
  const matches = await passwordMatches(password.slice(0, 1_000), user?.passwordHash ?? null)
  if (user && matches && !user.disabledAt) {
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
