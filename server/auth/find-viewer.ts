import 'server-only'
import { decode } from 'next-auth/jwt'
import { digest } from '../crypto/digest'
import { db } from '../db'
import { getRuntime } from '../runtime'
import { authSecret } from './auth-secret'
import { SESSION_IDLE_MS } from './session-cookie'
import type { Viewer } from './viewer'

const SEEN_EVERY_MS = 60 * 1000

interface FindOptions {
  /** True for what a page asks by itself: it does not end the idle time of a session. */
  readonly isUnattended?: boolean
}

/**
 * Who holds this session cookie, or null. The cookie is next-auth's token around a random session id; the row of that
 * id in the database decides at every request, so a revoked session ends at once in every process.
 */
export async function findViewer(
  sessionCookie: string | undefined,
  { isUnattended = false }: FindOptions = {},
): Promise<Viewer | null> {
  const sessionToken = await readSessionToken(sessionCookie)
  if (!sessionToken) return null
  const now = getRuntime().clock()
  const session = await db().session.findUnique({
    where: { tokenDigest: digest(sessionToken) },
    include: { user: { include: { memberships: { include: { organization: true } }, twoFactor: { select: { confirmedAt: true } } } } },
  })
  if (!session || session.revokedAt || session.user.disabledAt) return null
  if (session.expiresAt <= now || session.lastSeenAt.getTime() + SESSION_IDLE_MS <= now.getTime()) return null
  const membership = session.user.memberships.find((entry) => entry.organizationId === session.organizationId)
  if (!membership) return null
  if (!isUnattended && now.getTime() - session.lastSeenAt.getTime() >= SEEN_EVERY_MS) {
    await db().session.updateMany({ where: { id: session.id, lastSeenAt: { lt: now } }, data: { lastSeenAt: now } })
  }
  return {
    userId: session.userId,
    sessionId: session.id,
    organizationId: membership.organizationId,
    organizationName: membership.organization.name,
    role: membership.role,
    name: session.user.name,
    email: session.user.email,
    // Single sign-on brings a second factor of its own.
    mustEnrol: membership.organization.requiresTwoFactor && session.method === 'password' && !session.user.twoFactor?.confirmedAt,
  }
}

/** The random session id inside next-auth's encrypted token; null when the cookie is absent, forged or too old. */
export async function readSessionToken(sessionCookie: string | undefined): Promise<string | null> {
  if (!sessionCookie) return null
  const token = await decode({ token: sessionCookie, secret: authSecret() }).catch(() => null)
  return typeof token?.['sessionToken'] === 'string' ? token['sessionToken'] : null
}
