import 'server-only'
import type { People } from '@/contracts/people'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import type { Transaction } from '../db'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { revokeLinksOf } from '../links/links-of-person'
import { getRuntime } from '../runtime'
import { requireFreshProof } from '../sign-in/require-fresh-proof'
import { endPersonalKeys } from './end-personal-keys'
import { listPeople } from './list-people'
import { requireOtherOwner, requireOwner } from './require-owner'
import { requirePerson } from './require-person'

/** By then whoever left should know no key that works. */
const ROTATE_WITHIN_MS = 30 * 24 * 60 * 60 * 1000

/**
 * Ends a membership, and with it at once sessions, links, invitations and personal keys. Keys that belong to the organization go
 * on, and say by when to replace them.
 *
 * @throws AppError `not_found`, `last_owner`, and what a fresh proof throws
 */
export async function removePerson(actor: Actor, userId: string, password: string): Promise<People> {
  const { viewer, context } = actor
  const { organizationId } = viewer
  await requirePerson(viewer, userId)
  await requireFreshProof(actor, password)
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    await requireOwner(tx, viewer)
    const membership = await tx.membership.findUnique({ where: { organizationId_userId: { organizationId, userId } } })
    if (!membership) throw new AppError('not_found')
    if (membership.role === 'owner') await requireOtherOwner(tx, { organizationId, userId })
    // First: who makes a key or starts a session meanwhile holds the membership, and is waited for.
    await tx.membership.delete({ where: { organizationId_userId: { organizationId, userId } } })
    const ended = await endAll(tx, { organizationId, userId, now })
    await recordAudit(tx, {
      action: 'person.removed',
      outcome: 'success',
      organizationId,
      actor: { kind: 'user', id: viewer.userId },
      target: { kind: 'user', id: userId },
      change: { before: { role: membership.role }, after: { role: null } },
      detail: ended,
      context,
      at: now,
    })
  })
  return listPeople(viewer)
}

async function endAll(tx: Transaction, whose: { organizationId: string; userId: string; now: Date }) {
  const { organizationId, userId, now } = whose
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
