import 'server-only'
import type { Transaction } from '../db'
import { announce } from '../events/announce'

const LOOKED_BACK_MS = 24 * 60 * 60_000

/** Announces key migrations that have finished, once each. */
export async function tellFinishedMigrations(tx: Transaction, now: Date): Promise<boolean> {
  const finished = await tx.keyMigration.findMany({
    where: { state: 'finished', finishedAt: { gt: new Date(now.getTime() - LOOKED_BACK_MS) } },
    include: { apiClient: { select: { id: true, name: true } } },
  })
  if (finished.length === 0) return false
  const told = await tx.alert.findMany({
    where: { type: 'key_migration.finished', aboutId: { in: finished.map(({ id }) => id) } },
    select: { aboutId: true },
  })
  const known = new Set(told.map(({ aboutId }) => aboutId))
  const fresh = finished.filter(({ id }) => !known.has(id))
  const events = await Promise.all(
    fresh.map(async ({ id, organizationId, name, apiClient, total }) => {
      const verified = await tx.keyLine.count({ where: { migrationId: id, state: 'verified' } })
      return {
        type: 'key_migration.finished' as const, organizationId, name, at: now,
        about: { kind: 'key_migration', id },
        data: { keyMigration: { id, name }, apiClient: { id: apiClient.id, name: apiClient.name }, lines: total, verified },
      }
    }),
  )
  await announce(tx, events)
  return false
}
