import type { ApiClient } from './api-client'
import type { Code, Grant } from './grant'
import type { LegacyKeyState } from './legacy-key'
import type { Accommodation, Hotelier, Network } from './seed'
import { defaultSettings, type SandboxSettings } from './settings'
import type { StoredSnapshot } from './stored-snapshot'
import type { Subscription } from './subscription'
import type { Scope } from './truth-event'

/** Everything that the sandbox knows, derived from the truth log alone. Changed only by `applyTruth`. */
export type State = {
  settings: SandboxSettings
  /** the generation that new tokens carry; rises with every reset, snapshot and restore, and is never used again */
  generation: number
  /** the generations whose tokens count: those since the last reset, on the way that restored snapshots took */
  validGenerations: Set<number>
  readonly apiClients: Map<string, ApiClient>
  /** the API client with number n stands at n */
  readonly apiClientsByNumber: ApiClient[]
  readonly hoteliers: Map<string, Hotelier>
  readonly networks: Map<string, Network>
  readonly accommodations: Map<string, Accommodation>
  /** the highest id that a lodging ever had: ids are not used again */
  lastAccommodation: number
  readonly codes: Map<string, Code>
  /** the grant with number n stands at n - 1 */
  readonly grants: Grant[]
  /** by `legacyKeyId` */
  readonly legacyKeys: Map<string, LegacyKeyState>
  readonly subscriptions: Map<string, Subscription>
  readonly snapshots: Map<string, StoredSnapshot>
}

export function createState(): State {
  return {
    settings: defaultSettings,
    generation: 0,
    validGenerations: new Set(),
    apiClients: new Map(),
    apiClientsByNumber: [],
    hoteliers: new Map(),
    networks: new Map(),
    accommodations: new Map(),
    lastAccommodation: 0,
    codes: new Map(),
    grants: [],
    legacyKeys: new Map(),
    subscriptions: new Map(),
    snapshots: new Map(),
  }
}

/** The lodgings that a scope covers now, in the order of their network or of the consent. */
export function accommodationsOf(state: State, scope: Scope): readonly string[] {
  if ('accommodations' in scope) return scope.accommodations
  return state.networks.get(scope.network)?.accommodations ?? []
}
