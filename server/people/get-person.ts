import 'server-only'
import type { PersonDetail } from '@/contracts/people'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import { AppError } from '../http/app-error'
import { openInvitations } from '../invitations/open-invitations'
import { countLinksOf } from '../links/links-of-person'
import { getRuntime } from '../runtime'
import { toSession } from '../sessions/to-session'
import { livingSessions, memberColumns, toMember } from './to-member'

/**
 * One member with the sessions in this organization, and what ends or goes on when they leave.
 *
 * @throws AppError `not_found`
 */
export async function getPerson(viewer: Viewer, userId: string): Promise<PersonDetail> {
  const now = getRuntime().clock()
  const { organizationId } = viewer
  const valid = { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] }
  const [membership, owners, sessions, keys, invitations, links] = await Promise.all([
    db().membership.findUnique({ where: { organizationId_userId: { organizationId, userId } }, include: memberColumns(organizationId, now) }),
    db().membership.count({ where: { organizationId, role: 'owner' } }),
    db().session.findMany({ where: { userId, ...livingSessions(organizationId, now) }, orderBy: { createdAt: 'desc' } }),
    db().machineKey.findMany({
      where: { organizationId, createdByUserId: userId, ...valid },
      select: { id: true, name: true, isPersonal: true, lastUsedAt: true },
      orderBy: { createdAt: 'desc' },
    }),
    db().invitation.count({ where: { organizationId, createdByUserId: userId, ...openInvitations(now) } }),
    countLinksOf({ organizationId, userId, now }),
  ])
  if (!membership) throw new AppError('not_found')
  const keysThat = (isPersonal: boolean) =>
    keys.filter((key) => key.isPersonal === isPersonal).map(({ id, name, lastUsedAt }) => ({ id, name, lastUsedAt: lastUsedAt?.toISOString() ?? null }))
  return {
    ...toMember(membership, viewer),
    isLastOwner: membership.role === 'owner' && owners === 1,
    sessions: sessions.map((session) => toSession(session, viewer)),
    dependents: { personalKeys: keysThat(true), serviceKeys: keysThat(false), invitations, links },
  }
}
