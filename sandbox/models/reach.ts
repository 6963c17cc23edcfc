import type { Identity } from '../http/exchange'
import { accommodationsOf, type State } from './state'

/** The ids that a token may read: a grant's own, or those of the API account (`adminTokenLists` decides which). */
export function accommodationsFor(state: State, identity: Identity): readonly string[] {
  if (identity.kind === 'property') return accommodationsOf(state, identity.grant.scope)
  if (state.settings.adminTokenLists === 'all') return [...state.accommodations.keys()]
  return grantedTo(state, identity.apiClient.clientId)
}

/** The ids that live grants of an API client cover, each once. */
export function grantedTo(state: State, clientId: string): readonly string[] {
  const ids = new Set<string>()
  for (const grant of state.grants) {
    if (grant.clientId !== clientId || grant.revokedAt !== undefined) continue
    for (const id of accommodationsOf(state, grant.scope)) ids.add(id)
  }
  return [...ids]
}
