import type { State } from '../models/state'

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
