import 'server-only'
import type { Transaction } from '../db'
import { revokeLinksOf } from '../links/links-of-person'
import { endPersonalKeys } from './end-personal-keys'

/** By then whoever left should know no key that works. */
const ROTATE_WITHIN_MS = 30 * 24 * 60 * 60 * 1000

/** Ends a membership, and with it sessions, links, invitations and personal keys; keys of the organization get a day to be rotated by. */
export async function endMembership(tx: Transaction, whose: { organizationId: string; userId: string; now: Date }) {
  const { organizationId, userId, now } = whose
  // First: who makes a key or starts a session meanwhile holds the membership, and is waited for.
  await tx.membership.delete({ where: { organizationId_userId: { organizationId, userId } } })
  const sessions = await tx.session.updateMany({ where: { organizationId, userId, revokedAt: null }, data: { revokedAt: now } })
  const invitations = await tx.invitation.updateMany({
    where: { organizationId, createdByUserId: userId, acceptedAt: null, revokedAt: null },
    data: { revokedAt: now },
  })
  const links = await revokeLinksOf(tx, whose)
  const endedKeys = await endPersonalKeys(tx, whose)
  const goOn = await tx.machineKey.updateManyAndReturn({
    where: {
      organizationId, createdByUserId: userId, isPersonal: false, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
    },
    data: { rotateBy: new Date(now.getTime() + ROTATE_WITHIN_MS) },
    select: { id: true },
  })
  return { sessions: sessions.count, invitations: invitations.count, links, endedKeys, keysToRotate: goOn.map(({ id }) => id) }
}
