import type { ApiClientView } from './api-client-control'
import { viewApiClient } from './api-client-control'
import { viewHotelier, type HotelierView } from './hotelier-view'
import type { Accommodation, LegacyKey, Network } from '../models/seed'
import type { SandboxSettings } from '../models/settings'
import { accommodationsOf } from '../models/state'
import type { Subscription } from '../models/subscription'
import type { World } from '../models/world'

/** The state at one instant, as plain data. Grants name their live refresh token. */
export type StateView = {
  readonly at: number
  readonly settings: SandboxSettings
  readonly apiClients: readonly (ApiClientView & { readonly addresses: readonly string[] })[]
  readonly hoteliers: readonly HotelierView[]
  readonly networks: readonly Network[]
  readonly accommodations: readonly Accommodation[]
  readonly legacyKeys: readonly LegacyKeyView[]
  readonly subscriptions: readonly Subscription[]
  readonly grants: readonly GrantView[]
  readonly openCodes: number
}

/** A key of the deprecated API; `grant` is what it was migrated to. */
export type LegacyKeyView = LegacyKey & { readonly grant: number | null }

export type GrantView = {
  readonly grant: number
  readonly clientId: string
  readonly username: string
  readonly accommodations: readonly string[]
  readonly network: string | null
  readonly refreshToken: string
  readonly createdAt: number
  readonly revokedAt: number | null
}

export function viewState({ bearers, clock, state }: World): StateView {
  const now = clock.now()
  return {
    at: now,
    settings: state.settings,
    apiClients: [...state.apiClients.values()].map((each) => ({ ...viewApiClient(each), addresses: each.addresses })),
    hoteliers: [...state.hoteliers.values()].map(viewHotelier),
    networks: [...state.networks.values()],
    accommodations: [...state.accommodations.values()],
    legacyKeys: [...state.legacyKeys.values()].map(({ grant, ...key }) => ({ ...key, grant: grant ?? null })),
    subscriptions: [...state.subscriptions.values()],
    grants: state.grants.map((grant) => ({
      grant: grant.number,
      clientId: grant.clientId,
      username: grant.username,
      accommodations: accommodationsOf(state, grant.scope),
      network: 'network' in grant.scope ? grant.scope.network : null,
      refreshToken: bearers.mint({ kind: 'refresh', holder: grant.number, sequence: grant.refreshGeneration, expiresAt: 0 }),
      createdAt: grant.createdAt,
      revokedAt: grant.revokedAt ?? null,
    })),
    openCodes: [...state.codes.values()].filter((code) => code.grant === undefined && code.expiresAt >= now).length,
  }
}
