import 'server-only'
import type { ConnectionIdentity } from '@/lib/connection-identity'
import { storable } from '@/lib/text/storable'
import type { Transaction } from '../db'
import type { Discovery } from '../journal/discover'
import { lockIdentity, replaceProperties, searchText } from './store-grant'

interface Coverage {
  readonly connectionId: string
  readonly organizationId: string
  readonly apiClientId: string
  readonly identity: ConnectionIdentity
  readonly discovery: Discovery
  readonly now: Date
}

/**
 * Writes down what a connection that was taken on trust covers in truth. It takes its true identity unless another
 * connection has that one: overlaps stay separate, and are shown.
 */
export async function correctCoverage(tx: Transaction, given: Coverage): Promise<void> {
  const { connectionId, organizationId, apiClientId, identity, discovery, now } = given
  const holder = await lockIdentity(tx, apiClientId, identity.identity)
  const isFree = holder === null || holder.id === connectionId
  const { user, properties, isComplete } = discovery
  await tx.connection.updateMany({
    where: { id: connectionId, organizationId },
    data: {
      ...(isFree ? { identity: identity.identity } : {}),
      name: storable(identity.name),
      searchText: searchText(identity.name, properties),
      propertiesComplete: isComplete,
      consentedByName: user?.name ? storable(user.name) : null,
      consentedByEmail: user?.email ? storable(user.email) : null,
      consentedByUsername: user?.username ? storable(user.username) : null,
      verifiedAt: now,
    },
  })
  await replaceProperties(tx, connectionId, { organizationId, properties })
}
