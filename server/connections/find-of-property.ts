import 'server-only'
import type { ConnectionSummary } from '@/contracts/connections'
import { storable } from '@/lib/text/storable'
import type { Viewer } from '../auth/viewer'
import { db } from '../db'
import { AppError } from '../http/app-error'
import { getRuntime } from '../runtime'
import { findNames } from '../users/find-names'
import { CONNECTION_COLUMNS, toSummary } from './to-dto'

const MOST = 50

/**
 * The connections of the viewer's organization that cover a property, by Octorate's id: those that somebody disconnected only
 * when there is no other.
 *
 * @throws AppError `not_found` when there is none.
 */
export async function findOfProperty({ organizationId }: Pick<Viewer, 'organizationId'>, asked: string): Promise<ConnectionSummary[]> {
  const upstreamId = storable(asked)
  const rows = await db().connection.findMany({
    where: { organizationId, properties: { some: { upstreamId } } },
    orderBy: [{ apiClient: { name: 'asc' } }, { id: 'asc' }],
    take: MOST,
    select: CONNECTION_COLUMNS,
  })
  if (rows.length === 0) throw new AppError('not_found')
  const living = rows.filter(({ state }) => state !== 'disconnected')
  const shown = living.length > 0 ? living : rows
  const people = await findNames(organizationId, shown.map(({ connectedByUserId }) => connectedByUserId))
  const now = getRuntime().clock()
  return shown.map((row) => toSummary(row, people, now))
}
