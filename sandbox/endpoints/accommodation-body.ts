import { accommodationsOf, type State } from '../models/state'
import type { Identity } from '../http/exchange'

/** One lodging as the accommodation list writes it (API description, Reading what a token covers). */
export function accommodationBody(state: State, id: string): Record<string, unknown> | undefined {
  const accommodation = state.accommodations.get(id)
  if (!accommodation) return undefined
  const network = [...state.networks.values()].find((each) => each.accommodations.includes(id))
  const owner = [...state.hoteliers.values()].find((each) => each.accommodations.includes(id))
  const { name, currency, timeZone, city, country, zip, latitude, longitude } = accommodation
  return {
    id,
    name,
    currency,
    timeZone,
    networkInfo: network
      ? { accessNetwork: network.id, accessRoot: network.root, accessEnabled: true }
      : { accessNetwork: null, accessRoot: null, accessEnabled: false },
    contact: { name: owner?.name ?? null, email: owner?.email ?? null },
    location: { city, country, zip, latitude, longitude },
    sandboxProperty: true,
  }
}

/** The ids that a token may read: a grant's own, or those of the API account (`adminTokenLists` decides which). */
export function accommodationsFor(state: State, identity: Identity): readonly string[] {
  if (identity.kind === 'property') return accommodationsOf(state, identity.grant.scope)
  if (state.settings.adminTokenLists === 'all') return [...state.accommodations.keys()]
  const ids = new Set<string>()
  for (const grant of state.grants) {
    if (grant.clientId !== identity.apiClient.clientId || grant.revokedAt !== undefined) continue
    for (const id of accommodationsOf(state, grant.scope)) ids.add(id)
  }
  return [...ids]
}
