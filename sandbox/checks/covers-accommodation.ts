import { identityOf, type Exchange, type Step } from '../http/exchange'
import type { ApiClient } from '../models/api-client'
import { accommodationsFor, grantedTo } from '../models/reach'
import { parseIpv4Range, rangeContains } from '../models/ipv4-range'
import type { AccessRefusal } from '../models/truth-event'
import { refuseForIdentity } from './token-kind'

/**
 * The call names a lodging in its path: a property token must cover it, and an admin token must come from an address
 * on the API account's list (guide, case 3: IP address authentication). The address is the socket's own.
 */
export const coversAccommodation: Step = (exchange) => {
  const reason = whyNot(exchange)
  return reason && refuseForIdentity(exchange, reason)
}

function whyNot(exchange: Exchange): AccessRefusal | undefined {
  const { world, pathId, remoteAddress } = exchange
  const identity = identityOf(exchange)
  if (identity.kind === 'property') return accommodationsFor(world.state, identity).includes(pathId) ? undefined : 'other-accommodation'
  if (identity.apiClient.addresses.length === 0) return 'wrong-kind'
  if (!isListed(identity.apiClient, remoteAddress)) return 'address-unlisted'
  if (world.state.settings.addressReach === 'all') return undefined
  return grantedTo(world.state, identity.apiClient.clientId).includes(pathId) ? undefined : 'other-accommodation'
}

function isListed({ addresses }: ApiClient, remoteAddress: string): boolean {
  return addresses.some((each) => rangeContains(parseIpv4Range(each), remoteAddress))
}
