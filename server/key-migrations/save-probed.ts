import 'server-only'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { getRuntime } from '../runtime'
import { runActor } from './run-actor'
import type { UnknownLine } from './resolve-unknown'

/** A line whose property answers to a token of a connection that is there: it counts, and nothing was sent for it again. */
export async function saveProbed({ migration, number, oldKeyId, organizationId }: UnknownLine, connectionId: string): Promise<void> {
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    const saved = await tx.keyLine.updateMany({
      where: { migrationId: migration.id, number, state: { in: ['sent', 'received', 'ambiguous'] } },
      data: { state: 'verified', reason: 'already_connected', connectionId, claimedBy: null, updatedAt: now },
    })
    if (saved.count === 0) return
    await tx.oldKey.updateMany({ where: { id: oldKeyId, migratedAt: null }, data: { migratedAt: now } })
    await recordAudit(tx, {
      action: 'connection.migrated', outcome: 'success', organizationId, actor: runActor(migration), target: { kind: 'connection', id: connectionId },
      detail: { migration: migration.id, line: number, probed: true }, at: now,
    })
  })
}
