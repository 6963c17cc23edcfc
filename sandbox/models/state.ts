import { createApiClient, type ApiClient } from './api-client'
import type { Code, Grant } from './grant'
import type { Accommodation, Hotelier, Network } from './seed'
import { defaultSettings, type SandboxSettings } from './settings'
import { createTokenHolder, type TokenHolder } from './token-holder'
import type { Scope, TruthRecord } from './truth-event'

/** Everything that the sandbox knows, derived from the truth log alone. Changed only by `applyTruth`. */
export type State = {
  settings: SandboxSettings
  /** rises with every reset */
  generation: number
  readonly apiClients: Map<string, ApiClient>
  readonly apiClientsByNumber: ApiClient[]
  readonly hoteliers: Map<string, Hotelier>
  readonly networks: Map<string, Network>
  readonly accommodations: Map<string, Accommodation>
  readonly codes: Map<string, Code>
  /** the grant with number n stands at n - 1 */
  readonly grants: Grant[]
}

/** A code is remembered for this long after it expired, so that a late second use is still told from a made-up one. */
const CODE_MEMORY_MS = 600_000

export function createState(): State {
  return {
    settings: defaultSettings,
    generation: 0,
    apiClients: new Map(),
    apiClientsByNumber: [],
    hoteliers: new Map(),
    networks: new Map(),
    accommodations: new Map(),
    codes: new Map(),
    grants: [],
  }
}

/** Applies one fact. It never refuses: what is in the log has happened. */
export function applyTruth(state: State, record: TruthRecord): void {
  switch (record.type) {
    case 'sandbox.seeded':
      return seed(state, record)
    case 'settings.changed':
      state.settings = { ...state.settings, ...record.settings }
      return
    case 'api-client.added':
      return addApiClient(state, createApiClient(record.apiClient, state.apiClientsByNumber.length))
    case 'api-client.secret-changed': {
      const apiClient = state.apiClients.get(record.clientId)
      if (apiClient) apiClient.clientSecret = record.clientSecret
      return
    }
    case 'configuration.changed': {
      const apiClient = state.apiClients.get(record.clientId)
      if (apiClient) apiClient.configuration = { ...apiClient.configuration, ...record.changes }
      return
    }
    case 'accommodation.changed':
      state.accommodations.set(record.accommodation.id, record.accommodation)
      return
    case 'hotelier.password-changed': {
      const hotelier = state.hoteliers.get(record.username)
      if (hotelier) state.hoteliers.set(record.username, { ...hotelier, password: record.password })
      return
    }
    case 'code.issued':
      forgetOldCodes(state, record.at)
      state.codes.set(record.code, { ...pickCode(record), grant: undefined })
      return
    case 'code.redeemed':
      return redeem(state, record)
    case 'code.refused':
    case 'refresh.refused':
      return endGrant(state, record.ends, record.at)
    case 'token.refreshed':
      return refresh(state, record)
    case 'admin-token.issued': {
      const apiClient = state.apiClients.get(record.clientId)
      if (apiClient) issueAccess(apiClient.adminTokens, record)
      return
    }
    case 'grant.revoked':
      return endGrant(state, record.grant, record.at)
    case 'access-tokens.expired':
      return expireAccess(holderOf(state, record))
    case 'clock.changed':
    case 'consent.refused':
    case 'credentials.refused':
    case 'identity-request.refused':
    case 'access-token.used':
    case 'access-token.refused':
      return
  }
}

/** The lodgings that a scope covers now, in the order of their network or of the consent. */
export function accommodationsOf(state: State, scope: Scope): readonly string[] {
  if ('accommodations' in scope) return scope.accommodations
  return state.networks.get(scope.network)?.accommodations ?? []
}

function seed(state: State, record: TruthRecord & { type: 'sandbox.seeded' }): void {
  for (const part of [state.apiClients, state.hoteliers, state.networks, state.accommodations, state.codes]) part.clear()
  state.apiClientsByNumber.length = 0
  state.grants.length = 0
  state.generation += 1
  state.settings = record.settings
  for (const each of record.seed.apiClients) addApiClient(state, createApiClient(each, state.apiClientsByNumber.length))
  for (const each of record.seed.accommodations) state.accommodations.set(each.id, each)
  for (const each of record.seed.networks) state.networks.set(each.id, each)
  for (const each of record.seed.hoteliers) state.hoteliers.set(each.username, each)
}

function addApiClient(state: State, apiClient: ApiClient): void {
  state.apiClients.set(apiClient.clientId, apiClient)
  state.apiClientsByNumber.push(apiClient)
}

function pickCode({ code, clientId, redirectUri, username, scope, expiresAt }: TruthRecord & { type: 'code.issued' }) {
  return { code, clientId, redirectUri, username, scope, expiresAt }
}

/** Codes stand in the order of their issue, so the old ones are in front. */
function forgetOldCodes(state: State, now: number): void {
  for (const code of state.codes.values()) {
    if (code.expiresAt + CODE_MEMORY_MS > now) return
    state.codes.delete(code.code)
  }
}

function redeem(state: State, record: TruthRecord & { type: 'code.redeemed' }): void {
  const code = state.codes.get(record.code)
  if (!code) return
  code.grant = record.grant
  for (const each of record.alsoEnds) endGrant(state, each, record.at)
  state.grants[record.grant - 1] = {
    number: record.grant,
    clientId: code.clientId,
    username: code.username,
    scope: code.scope,
    createdAt: record.at,
    accessTokens: { ...createTokenHolder(), latest: 1 },
    refreshGeneration: 1,
    refreshRotatedAt: record.at,
    revokedAt: undefined,
  }
}

function refresh(state: State, record: TruthRecord & { type: 'token.refreshed' }): void {
  const grant = state.grants[record.grant - 1]
  if (!grant) return
  issueAccess(grant.accessTokens, record)
  if (!record.rotatedTo) return
  grant.refreshGeneration = record.rotatedTo.generation
  grant.refreshRotatedAt = record.at
}

function issueAccess(holder: TokenHolder, record: { accessSequence: number; earlierAccessEnds: boolean }): void {
  holder.latest = record.accessSequence
  if (record.earlierAccessEnds) holder.endedThrough = record.accessSequence - 1
}

function expireAccess(holder: TokenHolder | undefined): void {
  if (holder) holder.expiredThrough = holder.latest
}

function endGrant(state: State, number: number | undefined, at: number): void {
  const grant = number === undefined ? undefined : state.grants[number - 1]
  if (grant) grant.revokedAt ??= at
}

function holderOf(state: State, whose: { clientId: string; grant?: number }): TokenHolder | undefined {
  if (whose.grant === undefined) return state.apiClients.get(whose.clientId)?.adminTokens
  return state.grants[whose.grant - 1]?.accessTokens
}
