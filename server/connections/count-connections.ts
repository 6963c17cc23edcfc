import 'server-only'
import { CONNECTION_STATUSES, type ConnectionStatus } from '@/lib/connection-status'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import { getRuntime } from '../runtime'
import { whereStatus } from './list-connections'

/** How many connections the organization has, by status. */
export async function countConnections(viewer: Viewer): Promise<{ total: number; byStatus: Record<ConnectionStatus, number> }> {
  const now = getRuntime().clock()
  const counts = await Promise.all(
    CONNECTION_STATUSES.map(async (status) => {
      const where = { organizationId: viewer.organizationId, ...whereStatus(status, now) }
      return [status, await db().connection.count({ where })] as const
    }),
  )
  const byStatus = Object.fromEntries(counts) as Record<ConnectionStatus, number>
  return { total: counts.reduce((sum, [, count]) => sum + count, 0), byStatus }
}
