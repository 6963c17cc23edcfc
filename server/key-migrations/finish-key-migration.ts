import 'server-only'
import { db } from '../db'
import { getRuntime } from '../runtime'

const IN_HAND = ['sent', 'received', 'stored'] as const

/**
 * Ends a migration that has no line left to work on; of a cancelled one, what waits is skipped first.
 *
 * @returns whether it is over.
 */
export async function finishKeyMigration(id: string): Promise<boolean> {
  const now = getRuntime().clock()
  await db().keyLine.updateMany({
    where: { migrationId: id, state: 'pending', migration: { state: 'cancelled' } },
    data: { state: 'skipped', reason: 'cancelled', updatedAt: now },
  })
  const finished = await db().keyMigration.updateMany({
    where: { id, state: { in: ['running', 'paused', 'stopped'] }, finishedAt: null, lines: { none: { state: { in: ['pending', ...IN_HAND] } } } },
    data: { state: 'finished', finishedAt: now, updatedAt: now },
  })
  const cancelled = await db().keyMigration.updateMany({
    where: { id, state: 'cancelled', finishedAt: null, lines: { none: { state: { in: [...IN_HAND] } } } },
    data: { finishedAt: now, updatedAt: now },
  })
  return finished.count + cancelled.count > 0
}
