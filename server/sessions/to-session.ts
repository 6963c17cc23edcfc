import type { SessionSummary } from '@/contracts/sessions'
import type { Viewer } from '../auth/viewer'
import type { Session } from '../generated/prisma/client'

/** What a person may see of a session; its token is a digest even here, and stays behind. */
export function toSession(session: Session, viewer: Pick<Viewer, 'sessionId'>): SessionSummary {
  return {
    id: session.id,
    current: session.id === viewer.sessionId,
    createdAt: session.createdAt.toISOString(),
    lastSeenAt: session.lastSeenAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
    address: session.address,
    userAgent: session.userAgent,
  }
}
