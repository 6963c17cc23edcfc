import 'server-only'
import type { z } from 'zod'
import { MOST_OVERLAP_HOURS, type RevealedMachineKey, type rotateMachineKeyInput } from '@/contracts/machine-keys'
import { copyList } from '../address-lists/copy-list'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { AppError } from '../http/app-error'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { requireMembership } from '../people/require-membership'
import { getMachineKey } from './get-machine-key'
import { makeKey } from './make-key'

const HOUR_MS = 60 * 60 * 1000

/**
 * Makes a successor with the same name, rights and length of life. Until the old key ends both are valid; its end is
 * never later than it was. The answer holds the new key, which is never shown again.
 *
 * @throws AppError `not_found`; `personal_key` for somebody else's; `conflict` for a key that is revoked or already replaced; `invalid_input` for an end that
 * is past or more than ninety days away.
 */
export async function rotateMachineKey(
  { viewer, context }: Actor,
  id: string,
  { oldKey }: z.output<typeof rotateMachineKeyInput>,
): Promise<RevealedMachineKey> {
  const now = getRuntime().clock()
  const { organizationId } = viewer
  const wishedEnd = readEnd(oldKey, now)
  const { made, successorId } = await transaction(async (tx) => {
    const old = await tx.machineKey.findFirst({ where: { id, organizationId } })
    if (!old) throw new AppError('not_found')
    if (old.isPersonal && old.createdByUserId !== viewer.userId) throw new AppError('personal_key')
    await requireMembership(tx, viewer)
    const made = makeKey(old.environment)
    const lifeMs = old.expiresAt && old.expiresAt.getTime() - old.createdAt.getTime()
    const endsAt = old.expiresAt && old.expiresAt < wishedEnd ? old.expiresAt : wishedEnd
    const successor = await tx.machineKey.create({
      data: {
        organizationId, createdByUserId: viewer.userId, createdAt: now, expiresAt: lifeMs === null ? null : new Date(now.getTime() + lifeMs),
        name: old.name, environment: old.environment, scopes: old.scopes, properties: old.properties, isPersonal: old.isPersonal,
        digest: made.digest, last4: made.last4,
      },
    })
    await copyList(tx, { from: { kind: 'machine_key', id }, to: { kind: 'machine_key', id: successor.id }, organizationId, now })
    // Of two who rotate at once the second finds it replaced, and its successor goes with the transaction.
    const replaced = await tx.machineKey.updateMany({
      where: { id, organizationId, revokedAt: null, replacedById: null },
      data: { replacedById: successor.id, expiresAt: endsAt },
    })
    if (replaced.count === 0) throw new AppError('conflict')
    await recordAudit(tx, {
      action: 'machine_key.rotated',
      outcome: 'success',
      organizationId,
      actor: { kind: 'user', id: viewer.userId },
      target: { kind: 'machine_key', id },
      detail: { successorId: successor.id, endsAt: endsAt.toISOString(), last4: old.last4, successorLast4: made.last4 },
      context,
      at: now,
    })
    return { made, successorId: successor.id }
  })
  return { key: made.key.reveal(), machineKey: await getMachineKey(viewer, successorId) }
}

function readEnd(wish: z.output<typeof rotateMachineKeyInput>['oldKey'], now: Date): Date {
  if ('endsInHours' in wish) return new Date(now.getTime() + wish.endsInHours * HOUR_MS)
  const endsAt = new Date(wish.endsAt)
  if (endsAt > now && endsAt.getTime() <= now.getTime() + MOST_OVERLAP_HOURS * HOUR_MS) return endsAt
  throw new AppError('invalid_input', { issues: [{ path: 'oldKey.endsAt', message: 'is an instant within the next ninety days' }] })
}
