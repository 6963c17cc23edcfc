import 'server-only'
import { storable } from '@/lib/text/storable'
import type { Transaction } from '../db'
import { HOLDS_ITS_PLACE } from './holds-its-place'

interface Joining {
  readonly organizationId: string
  readonly apiClientId: string
  readonly upstreamId: string
  readonly name: string
  /** The properties that the network had before. */
  readonly others: readonly string[]
}

/**
 * A new property that joined a network shares the network's refresh token (contract, "Creating a property"): the living
 * connection of that network covers it from now on.
 *
 * @returns the connection's id; null when the network is not connected, or its grant is dead: then the token that came with
 * the new property is the only one that lives.
 */
export async function adoptNetworkProperty(tx: Transaction, { organizationId, apiClientId, upstreamId, name, others }: Joining): Promise<string | null> {
  const connection = await tx.connection.findFirst({
    where: {
      organizationId, apiClientId, ...HOLDS_ITS_PLACE, identity: { startsWith: 'network:' },
      properties: { some: { upstreamId: { in: [...others] } } },
    },
    orderBy: { createdAt: 'asc' },
    select: { id: true, searchText: true },
  })
  if (!connection) return null
  await tx.property.createMany({
    data: [{ organizationId, connectionId: connection.id, upstreamId, name: storable(name) }],
    skipDuplicates: true,
  })
  const searchText = `${connection.searchText}\n${storable(name).toLowerCase()}\n${upstreamId}`.slice(0, 100_000)
  await tx.connection.updateMany({ where: { id: connection.id, organizationId }, data: { searchText } })
  return connection.id
}
