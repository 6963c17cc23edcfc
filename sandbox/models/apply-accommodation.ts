import { add, issueAccess } from './apply-grant'
import type { State } from './state'
import type { TruthRecord } from './truth-event'

export function addAccommodation(state: State, record: TruthRecord & { type: 'accommodation.created' }): void {
  const { accommodation, hoteliers, network, access } = record
  state.accommodations.set(accommodation.id, accommodation)
  state.lastAccommodation = Math.max(state.lastAccommodation, Number(accommodation.id))
  for (const each of hoteliers) state.hoteliers.set(each.username, each)
  if (network) state.networks.set(network.id, network)
  if (record.isNewGrant) {
    const { grant: number, clientId, username, scope, at } = record
    return add(state, { number, clientId, username, scope, createdAt: at, ...(access && { accessExpiresAt: access.accessExpiresAt }) })
  }
  if (access) issueAccess(state.grants[record.grant - 1]?.accessTokens, { ...access, earlierAccessEnds: false })
}

/** Accounts and networks forget a deleted lodging; a network's root moves on to its next lodging. */
export function removeAccommodation(state: State, id: string): void {
  state.accommodations.delete(id)
  for (const each of state.hoteliers.values()) {
    if (each.accommodations.includes(id)) state.hoteliers.set(each.username, { ...each, accommodations: without(each.accommodations, id) })
  }
  for (const each of state.networks.values()) {
    if (!each.accommodations.includes(id)) continue
    const accommodations = without(each.accommodations, id)
    state.networks.set(each.id, { ...each, accommodations, root: each.root === id ? (accommodations[0] ?? '') : each.root })
  }
}

function without(ids: readonly string[], id: string): readonly string[] {
  return ids.filter((each) => each !== id)
}
