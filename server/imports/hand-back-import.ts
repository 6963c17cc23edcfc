import 'server-only'
import type { ErrorCode } from '@/contracts/errors'
import type { ImportDetail, ImportReason } from '@/contracts/imports'
import { recordAudit, recordAudits } from '../audit/record-audit'
import { handBackConnections } from '../connections/hand-back'
import { transaction } from '../database/transaction'
import type { Transaction } from '../db'
import { AppError } from '../http/app-error'
import { getRuntime } from '../runtime'
import { getImport } from './get-import'
import { giveUpCancelled } from './give-up-cancelled'
import type { ImportActor } from './import-actor'
import { tokenFingerprint } from './line-token'

/**
 * Stops using here what a cohort brought, so that the old system can go on with it. A connection whose refresh token was
 * replaced since is kept: the old system's copy of that one is dead, and its line says so. So is one that is being
 * refreshed at this moment; handing back once more takes those.
 *
 * @throws AppError `not_found`; `conflict` while it runs.
 */
export async function handBackImport(who: ImportActor, id: string): Promise<ImportDetail> {
  await getImport(who, id)
  const { organizationId, actor, context } = who
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    const taken = await tx.connectionImport.updateMany({
      where: { id, organizationId, state: { not: 'running' } },
      data: { state: 'handed_back' },
    })
    if (taken.count === 0) throw new AppError('conflict')
    const lines = await tx.importLine.findMany({
      where: { importId: id, state: 'stored' },
      select: { connectionId: true, refreshFingerprint: true },
    })
    const brought = new Map(lines.map((line) => [line.connectionId, line.refreshFingerprint]))
    const { wiped, replaced, busy } = await handBackConnections(tx, {
      organizationId, now,
      ids: [...brought.keys()],
      isUntouched: (connectionId, token) => brought.get(connectionId) === tokenFingerprint(token),
    })
    await tx.importLine.updateMany({
      where: { importId: id, state: 'stored', connectionId: { in: [...wiped] } },
      data: { state: 'handed_back', reason: null, updatedAt: now },
    })
    await markKept(tx, { id, connectionIds: replaced, reason: 'token_replaced', now })
    await markKept(tx, { id, connectionIds: busy, reason: 'refresh_in_progress', now })
    // Tokens kept for another try are of no use here any more.
    await tx.importLine.updateMany({ where: { importId: id, state: 'failed' }, data: { refreshTokenSealed: null } })
    await giveUpCancelled({ id }, tx)
    await recordAudit(tx, {
      action: 'import.handed_back', outcome: 'success', organizationId, actor, context,
      target: { kind: 'import', id }, detail: { handedBack: wiped.length, replaced: replaced.length, busy: busy.length }, at: now,
    })
    await recordAudits(tx, wiped.map((connectionId) => ({
      action: 'connection.disconnected', outcome: 'success', organizationId, actor, context,
      target: { kind: 'connection', id: connectionId }, detail: { handedBack: id }, at: now,
    } as const)))
  })
  return getImport(who, id)
}

interface Kept {
  readonly id: string
  readonly connectionIds: readonly string[]
  readonly reason: ImportReason | ErrorCode
  readonly now: Date
}

async function markKept(tx: Transaction, { id, connectionIds, reason, now }: Kept): Promise<void> {
  await tx.importLine.updateMany({
    where: { importId: id, state: 'stored', connectionId: { in: [...connectionIds] } },
    data: { reason, updatedAt: now },
  })
}
