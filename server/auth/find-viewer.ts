import 'server-only'
import { decode } from 'next-auth/jwt'
import { digest } from '../crypto/digest'
import { db } from '../db'
import type { SignInMethod } from '../generated/prisma/client'
import { getRuntime } from '../runtime'
import { authSecret } from './auth-secret'
import { SESSION_IDLE_MS } from './session-cookie'
import type { Viewer } from './viewer'

const SEEN_EVERY_MS = 60 * 1000

interface Row extends Omit<Viewer, 'mustEnrol'> {
  readonly method: SignInMethod
  readonly lastSeenAt: Date
  readonly expiresAt: Date
  readonly revokedAt: Date | null
  readonly disabledAt: Date | null
  readonly requiresTwoFactor: boolean
  readonly hasTwoFactor: boolean
}

/** Every request of a page asks for this: one way to the database instead of one for each table. */
const SQL = `SELECT s.id AS "sessionId", s.method, s.last_seen_at AS "lastSeenAt", s.expires_at AS "expiresAt", s.revoked_at AS "revokedAt",
    u.id AS "userId", u.name, u.email, u.disabled_at AS "disabledAt", m.role, o.id AS "organizationId", o.name AS "organizationName",
    o.requires_two_factor AS "requiresTwoFactor", t.confirmed_at IS NOT NULL AS "hasTwoFactor"
  FROM sessions s
  JOIN users u ON u.id = s.user_id
  JOIN memberships m ON m.user_id = s.user_id AND m.organization_id = s.organization_id
  JOIN organizations o ON o.id = s.organization_id
  LEFT JOIN two_factors t ON t.user_id = s.user_id
  WHERE s.token_digest = $1`

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
  const { pool, clock } = getRuntime()
  const now = clock()
  const { rows } = await pool.query<Row>({ name: 'viewer', text: SQL, values: [digest(sessionToken)] })
  const [row] = rows
  if (!row || row.revokedAt || row.disabledAt) return null
  const seenMs = row.lastSeenAt.getTime()
  if (row.expiresAt <= now || seenMs + SESSION_IDLE_MS <= now.getTime()) return null
  if (!isUnattended && now.getTime() - seenMs >= SEEN_EVERY_MS) {
    await db().session.updateMany({ where: { id: row.sessionId, lastSeenAt: { lt: now } }, data: { lastSeenAt: now } })
  }
  const { userId, sessionId, organizationId, organizationName, role, name, email } = row
  return {
    userId, sessionId, organizationId, organizationName, role, name, email,
    // Single sign-on brings a second factor of its own.
    mustEnrol: row.requiresTwoFactor && row.method === 'password' && !row.hasTwoFactor,
  }
}

/** The random session id inside next-auth's encrypted token; null when the cookie is absent, forged or too old. */
export async function readSessionToken(sessionCookie: string | undefined): Promise<string | null> {
  if (!sessionCookie) return null
  const token = await decode({ token: sessionCookie, secret: authSecret() }).catch(() => null)
  return typeof token?.['sessionToken'] === 'string' ? token['sessionToken'] : null
}
