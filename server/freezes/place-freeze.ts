import 'server-only'
import type { z } from 'zod'
import type { Freeze, placeFreeze as endpoint } from '@/contracts/freezes'
import { requireApiClient } from '../api-clients/find-api-client'
import { recordAudit } from '../audit/record-audit'
import { requireConnection } from '../connections/require-connection'
import { transaction } from '../database/transaction'
import type { Transaction } from '../db'
import type { FreezeTarget } from '../generated/prisma/client'
import type { Actor } from '../http/define-handler'
import { getRuntime } from '../runtime'
import { announceFreeze } from './announce-freeze'
import { listFreezes } from './list-freezes'

interface Wanted {
  readonly targetKind: FreezeTarget
  readonly targetId: string
  readonly onlySandbox: boolean
  readonly reason: string
}

/**
 * Stops the hand-outs of a connection or an API client, in every process as soon as it is committed. What is frozen
 * already stays as it is.
 *
 * @throws AppError `not_found`
 */
export async function placeFreeze(actor: Actor, { kind, targetId, reason }: z.output<typeof endpoint.body>): Promise<{ items: Freeze[] }> {
  if (kind === 'connection') await requireConnection(actor.viewer, targetId)
  else await requireApiClient(actor.viewer, targetId)
  await transaction((tx) => writeFreeze(tx, actor, { targetKind: kind, targetId, onlySandbox: false, reason }))
  return listFreezes(actor.viewer)
}

/** Within a transaction of something larger. @returns false when it was frozen already */
export async function writeFreeze(tx: Transaction, { viewer, context }: Actor, wanted: Wanted): Promise<boolean> {
  const { organizationId, userId } = viewer
  const now = getRuntime().clock()
  const placed = await tx.freeze.createManyAndReturn({
    data: [{ ...wanted, organizationId, frozenByUserId: userId, frozenAt: now }],
    skipDuplicates: true,
  })
  const [row] = placed
  if (!row) return false
  const { targetKind, targetId, onlySandbox, reason } = wanted
  await recordAudit(tx, {
    action: 'freeze.placed', outcome: 'success', organizationId, actor: { kind: 'user', id: userId },
    target: { kind: targetKind, id: targetId }, detail: { reason, onlySandbox }, context, at: now,
  })
  await announceFreeze(tx, viewer, { type: 'hand_outs.frozen', row, reason, at: now })
  return true
}
