import 'server-only'
import type { z } from 'zod'
import type { listMachineProperties as endpoint } from '@/contracts/machine-api'
import { db } from '../db'
import { findFrozen } from '../freezes/find-frozen'
import type { MachineCaller } from '../machine-keys/machine-caller'
import { getRuntime } from '../runtime'
import { PROPERTY_COLUMNS, toMachineProperty } from './machine-dto'
import { visibleProperties } from './machine-filter'
import { statusOf } from './to-dto'

const CONNECTION_COLUMNS = {
  id: true, apiClientId: true, environment: true, state: true, cause: true, stateSince: true, disconnectedAt: true, accessExpiresAt: true,
} as const

type Query = z.output<typeof endpoint.query>
type Page = z.input<typeof endpoint.output>

/** Properties that the key may see, by the id of their row, each with the connection that covers it. */
export async function listMachineProperties(caller: MachineCaller, { cursor, limit }: Query): Promise<Page> {
  const { organizationId, environment } = caller
  const now = getRuntime().clock()
  const reading = db().property.findMany({
    where: {
      ...visibleProperties(caller),
      organizationId,
      connection: { organizationId, environment },
      ...(cursor === undefined ? {} : { id: { gt: cursor } }),
    },
    orderBy: { id: 'asc' },
    take: limit + 1,
    select: {
      ...PROPERTY_COLUMNS,
      id: true,
      connection: { select: CONNECTION_COLUMNS },
    },
  })
  const [found, isFrozen] = await Promise.all([reading, findFrozen(caller)])
  const page = found.slice(0, limit)
  return {
    items: page.map((property) => ({
      ...toMachineProperty(property),
      connectionId: property.connection.id,
      status: statusOf(property.connection, now).status,
      frozen: isFrozen(property.connection),
    })),
    nextCursor: found.length > limit ? (page.at(-1)?.id ?? null) : null,
  }
}
