import { ControlRefusal } from './control-refusal'
import type { Grant } from '../models/grant'
import { legacyKeyId } from '../models/legacy-key'
import { assertFields, seedShapes } from '../models/parse-seed'
import type { LegacyKey } from '../models/seed'
import { accommodationsOf } from '../models/state'
import type { World } from '../models/world'

/** Which grants are meant: all that match every given field. An empty filter means all of them. */
export type GrantFilter = {
  readonly clientId?: string
  readonly accommodation?: string
  readonly refreshToken?: string
  readonly grant?: number
}

/** What a token is, by the sandbox's own knowledge: the oracle of tests. */
export type TokenView = {
  readonly kind: 'access' | 'admin' | 'refresh' | 'unknown'
  readonly status: 'live' | 'expired' | 'ended' | 'retired' | 'revoked' | 'unknown'
  readonly clientId?: string
  readonly grant?: number
  readonly accommodations?: readonly string[]
  readonly expiresAt?: number
}

export type GrantControl = {
  /** the hotelier disconnects: refresh and access tokens of these grants die at once */
  revoke(filter: GrantFilter): Promise<{ readonly revoked: number }>
  /** every access token issued so far for these grants counts as expired from now on */
  expireAccessTokens(filter: GrantFilter): Promise<{ readonly expired: number }>
  /** as `expireAccessTokens`, for the admin tokens of an API client */
  expireAdminTokens(clientId: string): Promise<{ readonly expired: number }>
  inspect(token: string): TokenView
  /** one more key of the deprecated API, to be migrated */
  addLegacyKey(legacyKey: LegacyKey): Promise<LegacyKey>
}

export function createGrantControl(world: World): GrantControl {
  return {
    async revoke(filter) {
      const grants = select(world, filter).filter((grant) => grant.revokedAt === undefined)
      for (const { clientId, number } of grants) world.record({ type: 'grant.revoked', clientId, grant: number, reason: 'control' })
      await world.log.durable()
      return { revoked: grants.length }
    },
    async expireAccessTokens(filter) {
      const grants = select(world, filter)
      for (const { clientId, number } of grants) world.record({ type: 'access-tokens.expired', clientId, grant: number })
      await world.log.durable()
      return { expired: grants.length }
    },
    async expireAdminTokens(clientId) {
      if (!world.state.apiClients.has(clientId)) throw new ControlRefusal(404, `There is no API client ${clientId}`)
      world.record({ type: 'access-tokens.expired', clientId })
      await world.log.durable()
      return { expired: 1 }
    },
    inspect: (token) => inspect(world, token),
    async addLegacyKey({ key, accommodation, clientId }) {
      const legacyKey = { key, accommodation, clientId }
      assertFields(legacyKey, seedShapes.legacyKeys, 'legacyKey')
      if (!world.state.apiClients.has(clientId)) throw new ControlRefusal(404, `There is no API client ${clientId}`)
      if (world.state.legacyKeys.has(legacyKeyId(key, accommodation))) throw new ControlRefusal(409, 'This key exists already')
      world.record({ type: 'legacy-key.added', ...legacyKey })
      await world.log.durable()
      return legacyKey
    },
  }
}

function select({ bearers, state }: World, { clientId, accommodation, refreshToken, grant }: GrantFilter): Grant[] {
  const bearer = refreshToken === undefined ? undefined : bearers.open(refreshToken)
  if (refreshToken !== undefined && bearer?.kind !== 'refresh') throw new ControlRefusal(404, 'refreshToken: no such refresh token')
  return state.grants.filter((each) => {
    if (clientId !== undefined && each.clientId !== clientId) return false
    if (grant !== undefined && each.number !== grant) return false
    if (bearer && each.number !== bearer.holder) return false
    return accommodation === undefined || accommodationsOf(state, each.scope).includes(accommodation)
  })
}

function inspect({ bearers, clock, state }: World, token: string): TokenView {
  const bearer = bearers.open(token)
  if (!bearer) return { kind: 'unknown', status: 'unknown' }
  const { kind, holder, sequence, expiresAt } = bearer
  if (kind === 'admin') {
    const apiClient = state.apiClientsByNumber[holder]
    if (!apiClient) return { kind, status: 'unknown' }
    return { kind, status: accessStatus(apiClient.adminTokens, bearer, clock.now()), clientId: apiClient.clientId, expiresAt }
  }
  const grant = state.grants[holder - 1]
  if (!grant) return { kind, status: 'unknown' }
  const whose = { clientId: grant.clientId, grant: grant.number, accommodations: accommodationsOf(state, grant.scope) }
  if (grant.revokedAt !== undefined) return { kind, status: 'revoked', ...whose }
  if (kind === 'refresh') return { kind, status: sequence === grant.refreshGeneration ? 'live' : 'retired', ...whose }
  return { kind, status: accessStatus(grant.accessTokens, bearer, clock.now()), ...whose, expiresAt }
}

function accessStatus(
  holder: Grant['accessTokens'],
  { sequence, expiresAt }: { readonly sequence: number; readonly expiresAt: number },
  now: number,
): TokenView['status'] {
  if (sequence <= holder.endedThrough) return 'ended'
  return now >= expiresAt || sequence <= holder.expiredThrough ? 'expired' : 'live'
}
