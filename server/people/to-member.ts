import type { Member } from '@/contracts/people'
import { SESSION_IDLE_MS } from '../auth/session-cookie'
import type { Viewer } from '../auth/viewer'
import type { Membership, Session, TwoFactor, User } from '../generated/prisma/client'

/** Sessions that a person can act with at this instant. */
export function livingSessions(organizationId: string, now: Date) {
  return {
    organizationId,
    revokedAt: null,
    expiresAt: { gt: now },
    lastSeenAt: { gt: new Date(now.getTime() - SESSION_IDLE_MS) },
  }
}

type Row = Membership & {
  user: Pick<User, 'id' | 'name' | 'email'> & { twoFactor: Pick<TwoFactor, 'confirmedAt'> | null; sessions: Pick<Session, 'lastSeenAt'>[] }
}

/** What of a membership makes a {@link Member}: never a hash or a secret. */
export function memberColumns(organizationId: string, now: Date) {
  return {
    user: {
      select: {
        id: true, name: true, email: true,
        twoFactor: { select: { confirmedAt: true } },
        sessions: { where: livingSessions(organizationId, now), select: { lastSeenAt: true }, orderBy: { lastSeenAt: 'desc' }, take: 1 },
      },
    },
  } as const
}

export function toMember({ role, createdAt, user }: Row, viewer: Pick<Viewer, 'userId'>): Member {
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    role,
    isYou: user.id === viewer.userId,
    hasTwoFactor: Boolean(user.twoFactor?.confirmedAt),
    joinedAt: createdAt.toISOString(),
    lastSeenAt: user.sessions[0]?.lastSeenAt.toISOString() ?? null,
  }
}
