import 'server-only'
import { db } from '../db'
import type { Connection } from '../generated/prisma/client'

type Standing = Pick<Connection, 'id' | 'apiClientId' | 'environment'>

/**
 * Tells which connections of an organization are frozen, each by itself, with its API client or with everything: as FROZEN
 * does for a hand-out, for those who read many. The few freezes that hold are read once, whatever the number of connections.
 */
export async function findFrozen({ organizationId }: { organizationId: string }): Promise<(connection: Standing) => boolean> {
  const holding = await db().freeze.findMany({ where: { organizationId, liftedAt: null }, select: { targetId: true, onlySandbox: true } })
  const inSandbox = new Set(holding.map(({ targetId }) => targetId))
  const anywhere = new Set(holding.filter(({ onlySandbox }) => !onlySandbox).map(({ targetId }) => targetId))
  return ({ id, apiClientId, environment }) => {
    const frozen = environment === 'SANDBOX' ? inSandbox : anywhere
    return [id, apiClientId, organizationId].some((target) => frozen.has(target))
  }
}
