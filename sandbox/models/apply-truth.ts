import { createApiClient, type ApiClient } from './api-client'
import * as grants from './apply-grant'
import { addAccommodation, removeAccommodation } from './apply-accommodation'
import { legacyKeyId } from './legacy-key'
import type { LegacyKey } from './seed'
import type { State } from './state'
import { exportState, importState } from './state-data'
import { subscriptionId } from './subscription'
import type { TruthRecord } from './truth-event'

/** Applies one fact. It never refuses: what is in the log has happened. */
export function applyTruth(state: State, record: TruthRecord): void {
  switch (record.type) {
    case 'sandbox.seeded':
      return seed(state, record)
    case 'snapshot.taken':
      return takeSnapshot(state, record)
    case 'snapshot.restored':
      return restoreSnapshot(state, record)
    case 'settings.changed':
      state.settings = { ...state.settings, ...record.settings }
      return
    case 'api-client.added':
      return addApiClient(state, createApiClient(record.apiClient, state.apiClientsByNumber.length))
    case 'api-client.secret-changed':
      return changeApiClient(state, record.clientId, { clientSecret: record.clientSecret })
    case 'configuration.changed': {
      const { configuration } = state.apiClients.get(record.clientId) ?? {}
      return configuration && changeApiClient(state, record.clientId, { configuration: { ...configuration, ...record.changes } })
    }
    case 'addresses.changed':
      return changeApiClient(state, record.clientId, { addresses: record.addresses })
    case 'subscription.changed': {
      const { clientId, event, url } = record
      if (url === null) state.subscriptions.delete(subscriptionId(clientId, event))
      else state.subscriptions.set(subscriptionId(clientId, event), { clientId, event, url })
      return
    }
    case 'accommodation.created':
      return addAccommodation(state, record)
    case 'accommodation.deleted':
      return removeAccommodation(state, record.accommodation)
    case 'accommodation.changed':
      state.accommodations.set(record.accommodation.id, record.accommodation)
      return
    case 'hotelier.password-changed': {
      const hotelier = state.hoteliers.get(record.username)
      if (hotelier) state.hoteliers.set(record.username, { ...hotelier, password: record.password })
      for (const grant of record.ends ?? []) grants.end(state, grant, record.at)
      return
    }
    case 'code.issued':
      return grants.issueCode(state, record)
    case 'code.redeemed':
      return grants.redeem(state, record)
    case 'legacy-key.added':
      return addLegacyKey(state, record)
    case 'key.migrated':
      return grants.migrate(state, record)
    case 'key.migrated-again':
      return grants.issueAccess(state.grants[record.grant - 1]?.accessTokens, record)
    case 'code.refused':
    case 'refresh.refused':
      return grants.end(state, record.ends, record.at)
    case 'token.refreshed':
      return grants.refresh(state, record)
    case 'admin-token.issued':
      return grants.issueAccess(state.apiClients.get(record.clientId)?.adminTokens, record)
    case 'grant.revoked':
      return grants.end(state, record.grant, record.at)
    case 'access-tokens.expired':
      return grants.expireAccess(state, record)
    case 'clock.changed':
    case 'consent.refused':
    case 'credentials.refused':
    case 'identity-request.refused':
    case 'key-migration.refused':
    case 'access-token.used':
    case 'access-token.refused':
      return
  }
}

function seed(state: State, record: TruthRecord & { type: 'sandbox.seeded' }): void {
  for (const part of [state.apiClients, state.hoteliers, state.networks, state.accommodations, state.codes]) part.clear()
  for (const part of [state.legacyKeys, state.subscriptions]) part.clear()
  state.apiClientsByNumber.length = 0
  state.grants.length = 0
  state.generation += 1
  state.validGenerations = new Set([state.generation])
  state.settings = record.settings
  for (const each of record.seed.apiClients) addApiClient(state, createApiClient(each, state.apiClientsByNumber.length))
  for (const each of record.seed.accommodations) state.accommodations.set(each.id, each)
  state.lastAccommodation = Math.max(0, ...record.seed.accommodations.map(({ id }) => Number(id)))
  for (const each of record.seed.networks) state.networks.set(each.id, each)
  for (const each of record.seed.hoteliers) state.hoteliers.set(each.username, each)
  for (const each of record.seed.legacyKeys ?? []) addLegacyKey(state, each)
}

/** What happens from here on carries a generation of its own, so that a restore can tell it from what was before. */
function takeSnapshot(state: State, { name, at, clock, faults }: TruthRecord & { type: 'snapshot.taken' }): void {
  state.snapshots.set(name, { name, takenAt: at, clock, faults, data: exportState(state) })
  startGeneration(state)
}

function restoreSnapshot(state: State, { name }: TruthRecord & { type: 'snapshot.restored' }): void {
  const snapshot = state.snapshots.get(name)
  if (!snapshot) return
  importState(state, snapshot.data)
  startGeneration(state)
}

function startGeneration(state: State): void {
  state.generation += 1
  state.validGenerations.add(state.generation)
}

function addApiClient(state: State, apiClient: ApiClient): void {
  state.apiClients.set(apiClient.clientId, apiClient)
  state.apiClientsByNumber.push(apiClient)
}

function addLegacyKey(state: State, { key, accommodation, clientId }: LegacyKey): void {
  state.legacyKeys.set(legacyKeyId(key, accommodation), { key, accommodation, clientId, grant: undefined })
}

function changeApiClient(state: State, clientId: string, changes: Partial<Pick<ApiClient, 'clientSecret' | 'configuration' | 'addresses'>>): void {
  Object.assign(state.apiClients.get(clientId) ?? {}, changes)
}
