import 'server-only'
import type { Transaction } from '../db'
import { announce } from '../events/announce'
import { toConnectionEvent } from './connection-event'

const LASTED_MS = 60 * 60_000
const AT_ONCE = 100

/** Announces refreshes that have failed for an hour: whatever passes before concerns nobody. @returns whether there may be more. */
export async function tellFailingForLong(tx: Transaction, now: Date): Promise<boolean> {
  const watches = await tx.connectionWatch.findMany({
    where: { told: 'nothing', unwellSince: { lte: new Date(now.getTime() - LASTED_MS) } },
    orderBy: { unwellSince: 'asc' },
    take: AT_ONCE,
  })
  if (watches.length === 0) return false
  const connectionIds = watches.map(({ connectionId }) => connectionId)
  await tx.connectionWatch.updateMany({ where: { connectionId: { in: connectionIds } }, data: { told: 'refresh_failing' } })
  const failing = await tx.connection.findMany({
    where: { id: { in: connectionIds }, state: 'refresh_failing' },
    include: { apiClient: { select: { id: true, name: true } } },
  })
  await announce(tx, failing.map((connection) => toConnectionEvent('connection.refresh_failing', connection, now)))
  return watches.length === AT_ONCE
}
