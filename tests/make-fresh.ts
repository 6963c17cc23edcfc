import { db } from '@/server/db'
import type { Actor } from '@/server/http/define-handler'
import { getRuntime } from '@/server/runtime'

/** People of tests have no password: a sign-in of this very moment proves who they are. */
export async function makeFresh({ viewer }: Actor): Promise<void> {
  const at = getRuntime().clock()
  await db().session.create({
    data: {
      id: viewer.sessionId, userId: viewer.userId, organizationId: viewer.organizationId, tokenDigest: viewer.sessionId, createdAt: at,
      authenticatedAt: at, lastSeenAt: at, expiresAt: new Date(at.getTime() + 60 * 60_000), address: '192.0.2.7', userAgent: 'integration test',
    },
  })
}
