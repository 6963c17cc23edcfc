import 'server-only'
import type { SessionSummary } from '@/contracts/sessions'
import { SESSION_IDLE_MS } from '../auth/session-cookie'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import { getRuntime } from '../runtime'
import { toSession } from './to-session'

/** The person's own living sessions, the newest first. */
export async function listSessions(viewer: Viewer): Promise<{ items: SessionSummary[] }> {
  const now = getRuntime().clock()
  const sessions = await db().session.findMany({
    where: {
      userId: viewer.userId,
      revokedAt: null,
      expiresAt: { gt: now },
      lastSeenAt: { gt: new Date(now.getTime() - SESSION_IDLE_MS) },
    },
    orderBy: { createdAt: 'desc' },
  })
  return { items: sessions.map((session) => toSession(session, viewer)) }
}
