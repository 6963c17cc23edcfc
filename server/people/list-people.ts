import 'server-only'
import type { People } from '@/contracts/people'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import { toInvitation } from '../invitations/to-invitation'
import { openInvitations } from '../invitations/open-invitations'
import { getRuntime } from '../runtime'
import { findNames } from '../users/find-names'
import { memberColumns, toMember } from './to-member'

/** Everybody in the organization by name, and who is invited. */
export async function listPeople(viewer: Viewer): Promise<People> {
  const now = getRuntime().clock()
  const { organizationId } = viewer
  const [memberships, invitations] = await Promise.all([
    db().membership.findMany({
      where: { organizationId },
      include: memberColumns(organizationId, now),
      orderBy: [{ user: { name: 'asc' } }, { userId: 'asc' }],
    }),
    db().invitation.findMany({ where: { organizationId, ...openInvitations(now) }, orderBy: { createdAt: 'desc' } }),
  ])
  const names = await findNames(organizationId, invitations.map((invitation) => invitation.createdByUserId))
  return {
    people: memberships.map((membership) => toMember(membership, viewer)),
    invitations: invitations.map((invitation) => toInvitation(invitation, names)),
  }
}
