import type { ConnectionIdentity } from '@/lib/connection-identity'
import type { Discovery } from '../journal/discover'

interface Line {
  readonly propertyId: string
  readonly name: string | null
}

/** What a migrated token is before anybody has looked: one token is of one property (contract, "Migration of old keys"). */
export function claimedIdentity({ propertyId, name }: Line): ConnectionIdentity {
  return { identity: `property:${propertyId}`, name: name ?? propertyId }
}

/** The same as if Octorate had said so. */
export function claimedDiscovery(line: Line): Discovery {
  const { name } = claimedIdentity(line)
  const property = {
    upstreamId: line.propertyId, name, city: null, country: null, currency: null, timeZone: null, sandboxProperty: false,
    network: { id: null, root: null, enabled: null },
  }
  return { properties: [property], isComplete: true, user: null }
}
