import 'server-only'
import { recordAudit } from '../audit/record-audit'
import { SESSION_LIFETIME_MS } from '../auth/session-cookie'
import { digest, randomToken } from '../crypto/digest'
import { transaction } from '../database/transaction'
import { db } from '../db'
import { AppError } from '../http/app-error'
import type { RequestContext } from '../http/request-context'
import { getRuntime } from '../runtime'

interface Start {
  readonly userId: string
  /** Session id that the browser held before: it ends, so that nobody keeps using an older one. */
  readonly previousToken: string | null
  readonly method: 'password' | 'oidc'
  readonly context: RequestContext
}

/** Starts a session and returns its random id, of which only the digest is stored. */
export async function startSession({ userId, previousToken, method, context }: Start): Promise<string> {
  const now = getRuntime().clock()
  const membership = await db().membership.findFirst({
    where: { userId },
    orderBy: [{ chosenAt: { sort: 'desc', nulls: 'last' } }, { createdAt: 'asc' }],
  })
  if (!membership) throw new AppError('not_allowed')
  const token = randomToken()
  await transaction(async (tx) => {
    if (previousToken) {
      await tx.session.updateMany({ where: { tokenDigest: digest(previousToken), revokedAt: null }, data: { revokedAt: now } })
    }
    const session = await tx.session.create({
      data: {
        userId,
        organizationId: membership.organizationId,
        tokenDigest: digest(token),
        method,
        createdAt: now,
        authenticatedAt: now,
        lastSeenAt: now,
        expiresAt: new Date(now.getTime() + SESSION_LIFETIME_MS),
        address: context.address,
        userAgent: context.userAgent,
      },
    })
    await recordAudit(tx, {
      action: 'session.started',
      outcome: 'success',
      organizationId: membership.organizationId,
      actor: { kind: 'user', id: userId },
      target: { kind: 'session', id: session.id },
      detail: { method },
      context,
      at: now,
    })
  })
  return token
}
