import type { ApiClient } from './api-client'
import type { Code, Grant } from './grant'
import { legacyKeyId, type LegacyKeyState } from './legacy-key'
import type { Accommodation, Hotelier, Network } from './seed'
import type { SandboxSettings } from './settings'
import type { State } from './state'
import { subscriptionId, type Subscription } from './subscription'

/** The state as plain JSON, for snapshots and checkpoints; without the snapshots themselves and the generation. */
export type StateData = {
  readonly settings: SandboxSettings
  readonly validGenerations: readonly number[]
  readonly apiClients: readonly ApiClient[]
  readonly hoteliers: readonly Hotelier[]
  readonly networks: readonly Network[]
  readonly accommodations: readonly Accommodation[]
  readonly lastAccommodation: number
  readonly codes: readonly Code[]
  readonly grants: readonly Grant[]
  readonly legacyKeys: readonly LegacyKeyState[]
  readonly subscriptions: readonly Subscription[]
}

/** A copy of the state that later facts do not change. */
export function exportState(state: State): StateData {
  return structuredClone(stateData(state))
}

/** The state itself in the shape of data, to be written out at once. */
export function stateData(state: State): StateData {
  return {
    settings: state.settings,
    validGenerations: [...state.validGenerations],
    apiClients: state.apiClientsByNumber,
    hoteliers: [...state.hoteliers.values()],
    networks: [...state.networks.values()],
    accommodations: [...state.accommodations.values()],
    lastAccommodation: state.lastAccommodation,
    codes: [...state.codes.values()],
    grants: state.grants,
    legacyKeys: [...state.legacyKeys.values()],
    subscriptions: [...state.subscriptions.values()],
  }
}

/** Makes `state` what `data` says, but for its generation and its snapshots. */
export function importState(state: State, data: StateData): void {
  const { settings, validGenerations, lastAccommodation, ...lists } = structuredClone(data)
  state.settings = settings
  state.lastAccommodation = lastAccommodation
  state.validGenerations = new Set(validGenerations)
  state.apiClientsByNumber.length = 0
  for (const each of lists.apiClients) state.apiClientsByNumber.push(each)
  state.grants.length = 0
  for (const each of lists.grants) state.grants.push(each)
  refill(state.apiClients, lists.apiClients, ({ clientId }) => clientId)
  refill(state.hoteliers, lists.hoteliers, ({ username }) => username)
  refill(state.networks, lists.networks, ({ id }) => id)
  refill(state.accommodations, lists.accommodations, ({ id }) => id)
  refill(state.codes, lists.codes, ({ code }) => code)
  refill(state.legacyKeys, lists.legacyKeys, ({ key, accommodation }) => legacyKeyId(key, accommodation))
  refill(state.subscriptions, lists.subscriptions, ({ clientId, event }) => subscriptionId(clientId, event))
}

function refill<Item>(map: Map<string, Item>, items: readonly Item[], keyOf: (item: Item) => string): void {
  map.clear()
  for (const item of items) map.set(keyOf(item), item)
}
