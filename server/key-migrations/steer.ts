import 'server-only'
import { gapOf, narrow, widen } from '@/lib/refresh/pace'
import type { KeyMigrationStop } from '@/contracts/key-migrations'
import { recordAudit } from '../audit/record-audit'
import { transaction } from '../database/transaction'
import { db } from '../db'
import { getRuntime } from '../runtime'

interface Migration {
  readonly id: string
  readonly organizationId: string
}

/** Lost answers in a row after which it stops: what is lost is lost for good, so few must be. */
const MOST_LOST = 3
const AFTER_LOSS_MS = 5_000

/** Stops by itself: nothing new is begun until a person resumes it. */
export async function stopKeyMigration({ id, organizationId }: Migration, reason: KeyMigrationStop): Promise<void> {
  const now = getRuntime().clock()
  await transaction(async (tx) => {
    const stopped = await tx.keyMigration.updateMany({ where: { id, state: 'running' }, data: { state: 'stopped', stopReason: reason, updatedAt: now } })
    if (stopped.count === 0) return
    await recordAudit(tx, {
      action: 'key_migration.stopped', outcome: 'success', organizationId, actor: { kind: 'system' }, target: { kind: 'key_migration', id },
      detail: { reason }, at: now,
    })
  })
}

/** Begins nothing new for a while: what one line met, the next would meet too. */
export async function holdKeyMigration({ id }: Migration, ms: number): Promise<void> {
  const until = new Date(getRuntime().clock().getTime() + ms)
  await db().keyMigration.updateMany({ where: { id, nextSlotAt: { lt: until } }, data: { nextSlotAt: until } })
}

/** Octorate says that the quota is used up: half as many from now on, and none for a while. */
export async function slowDown(migration: Migration & { readonly gapMs: number }, holdMs: number): Promise<void> {
  const gapMs = widen(migration.gapMs)
  await db().keyMigration.updateMany({ where: { id: migration.id, gapMs: { lt: gapMs } }, data: { gapMs } })
  await holdKeyMigration(migration, holdMs)
}

/** A line was verified: a little faster again, up to the chosen pace. */
export async function speedUp({ id, gapMs, perSecond }: Migration & { readonly gapMs: number; readonly perSecond: number | null }): Promise<void> {
  const base = gapOf(perSecond ?? 0)
  if (gapMs <= base) return
  await db().keyMigration.updateMany({ where: { id, gapMs }, data: { gapMs: narrow(gapMs, base) } })
}

/** An answer was lost. While it trusts itself with few lines only, one is enough to stop; later, a few in a row. */
export async function countLoss(migration: Migration): Promise<void> {
  const { stage, lostInARow } = await db().keyMigration.update({
    where: { id: migration.id },
    data: { lostInARow: { increment: 1 } },
    select: { stage: true, lostInARow: true },
  })
  if (stage !== 'rest' || lostInARow >= MOST_LOST) await stopKeyMigration(migration, 'answers_lost')
  else await holdKeyMigration(migration, AFTER_LOSS_MS * lostInARow)
}
