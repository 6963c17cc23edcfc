import 'server-only'
import { db } from '../db'
import type { ApiClient, Connection } from '../generated/prisma/client'
import { AppError } from '../http/app-error'
import { getRuntime } from '../runtime'

/** Outlives the 20 s that a refresh may take. */
const LEASE_MS = 30_000

export type LeasedConnection = Connection & { readonly apiClient: ApiClient }

/**
 * Takes the right to refresh a connection, in one statement: whoever holds the newest fence may send.
 *
 * @throws AppError `not_found`, `already_disconnected`, `refresh_in_progress`
 */
export async function claimLease({ id, organizationId }: { id: string; organizationId: string }): Promise<LeasedConnection> {
  const { clock, processId } = getRuntime()
  const now = clock()
  const [claimed] = await db().connection.updateManyAndReturn({
    where: {
      id,
      organizationId,
      state: { not: 'disconnected' },
      OR: [{ leaseUntil: null }, { leaseUntil: { lte: now } }],
    },
    data: { leaseOwner: processId, leaseUntil: new Date(now.getTime() + LEASE_MS), fence: { increment: 1 } },
    include: { apiClient: true },
  })
  if (claimed) return claimed
  const row = await db().connection.findFirst({ where: { id, organizationId }, select: { state: true } })
  if (!row) throw new AppError('not_found')
  throw new AppError(row.state === 'disconnected' ? 'already_disconnected' : 'refresh_in_progress')
}

/** Gives it back, unless somebody else holds it by now. */
export async function releaseLease({ id, fence }: LeasedConnection): Promise<void> {
  await db().connection.updateMany({
    where: { id, fence, leaseOwner: getRuntime().processId },
    data: { leaseOwner: null, leaseUntil: null },
  })
}
