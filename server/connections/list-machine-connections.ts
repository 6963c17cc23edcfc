import 'server-only'
import type { z } from 'zod'
import type { listMachineConnections as endpoint, MachineConnection } from '@/contracts/machine-api'
import { db } from '../db'
import { findFrozen } from '../freezes/find-frozen'
import type { MachineCaller } from '../machine-keys/machine-caller'
import { getRuntime } from '../runtime'
import { whereStatus } from './list-connections'
import { machineColumns, toMachineConnection } from './machine-dto'
import { visibleTo } from './machine-filter'

type Query = z.output<typeof endpoint.query>

/** Connections that the key may see, by id, from the one after `cursor`; those that cover `property` only, when it is given. */
export async function listMachineConnections(
  caller: MachineCaller,
  { status, property, cursor, limit }: Query,
): Promise<{ items: MachineConnection[]; nextCursor: string | null }> {
  const now = getRuntime().clock()
  // In the list or not is for the property too: a key must not learn of others.
  if (property !== undefined && caller.properties && !caller.properties.has(property)) return { items: [], nextCursor: null }
  const reading = db().connection.findMany({
    where: {
      AND: [
        visibleTo(caller),
        status ? whereStatus(status, now) : {},
        property === undefined ? {} : { properties: { some: { upstreamId: property } } },
        cursor === undefined ? {} : { id: { gt: cursor } },
      ],
    },
    orderBy: { id: 'asc' },
    take: limit + 1,
    select: machineColumns(caller),
  })
  const [found, isFrozen] = await Promise.all([reading, findFrozen(caller)])
  const page = found.slice(0, limit)
  return {
    items: page.map((row) => toMachineConnection(row, { now, isFrozen })),
    nextCursor: found.length > limit ? (page.at(-1)?.id ?? null) : null,
  }
}
