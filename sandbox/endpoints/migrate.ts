import { formBody } from '../checks/form-body'
import { knownHeaders } from '../checks/known-headers'
import { knownParameters } from '../checks/known-parameters'
import { legacyKeyIsGood, recordMigrationRefusal } from '../checks/legacy-key-is-good'
import { nothingInUrl } from '../checks/nothing-in-url'
import { identityWithinQuota } from '../checks/within-quota'
import { apiError, json } from '../http/answers'
import type { Answer, Endpoint, Exchange, Step } from '../http/exchange'
import { note } from '../lint/note'
import type { LegacyKeyState } from '../models/legacy-key'
import type { World } from '../models/world'
import { tokenBody } from './token-body'

/**
 * Guide, integration strategies, 1 (old user of the deprecated API): an old key becomes tokens, once per property.
 * The old key lives on. What a second migration answers is the switch `secondMigration`.
 */
export const migrateEndpoint: Endpoint = {
  name: 'identity/migrate',
  method: 'POST',
  path: '/connect/rest/v1/identity/migrate',
  surface: 'api',
  steps: [formBody, nothingInUrl, knownHeaders('key'), legacyKeyIsGood, identityWithinQuota, knownParameters('accommodation'), onceOnly, migrate],
}

/** Passes the first migration of a property, and those further ones that `secondMigration` lets through. */
function onceOnly(exchange: Parameters<Step>[0]): ReturnType<Step> {
  const { world } = exchange
  const earlier = earlierGrant(world, legacyKeyOf(exchange))
  if (earlier === undefined) return undefined
  note(exchange, 'migrated-twice')
  if (world.state.settings.secondMigration === 'same-tokens') return sameTokens(exchange, earlier)
  if (world.state.settings.secondMigration !== 'refuse') return undefined
  recordMigrationRefusal(exchange, 'migrated-before')
  return apiError(400, { type: 'ApiValidationFailed', message: 'This accommodation was migrated before', element: 'accommodation' })
}

function migrate(exchange: Parameters<Step>[0]): ReturnType<Step> {
  const { world } = exchange
  const { key, accommodation, clientId } = legacyKeyOf(exchange)
  const earlier = earlierGrant(world, legacyKeyOf(exchange))
  const ends = world.state.settings.secondMigration === 'new-tokens-end-first' ? earlier : undefined
  const grant = world.state.grants.length + 1
  const expiresAt = world.clock.now() + world.state.settings.accessTokenLifetimeMs
  const accessToken = world.bearers.mint({ kind: 'access', holder: grant, sequence: 1, expiresAt })
  const refreshToken = world.bearers.mint({ kind: 'refresh', holder: grant, sequence: 1, expiresAt: 0 })
  world.record({
    type: 'key.migrated',
    key,
    accommodation,
    clientId,
    username: hotelierOf(world, accommodation),
    grant,
    refreshToken,
    accessToken,
    accessExpiresAt: expiresAt,
    ...(ends !== undefined && { ends }),
  })
  return json(200, tokenBody(world, { accessToken, expiresAt, refreshToken, tokenType: 'bearer' }))
}

/** The refresh token of the first migration once more, with a new access token, as after a refresh. */
function sameTokens(exchange: Exchange, number: number): Answer {
  const { world } = exchange
  const { key, accommodation, clientId } = legacyKeyOf(exchange)
  const grant = world.state.grants[number - 1]
  if (!grant) throw new TypeError(`there is no grant ${number}`)
  const sequence = grant.accessTokens.latest + 1
  const expiresAt = world.clock.now() + world.state.settings.accessTokenLifetimeMs
  const accessToken = world.bearers.mint({ kind: 'access', holder: number, sequence, expiresAt })
  const refreshToken = world.bearers.mint({ kind: 'refresh', holder: number, sequence: grant.refreshGeneration, expiresAt: 0 })
  world.record({
    type: 'key.migrated-again',
    key,
    accommodation,
    clientId,
    grant: number,
    refreshToken,
    accessSequence: sequence,
    accessToken,
    accessExpiresAt: expiresAt,
    earlierAccessEnds: false,
  })
  return json(200, tokenBody(world, { accessToken, expiresAt, refreshToken, tokenType: 'bearer' }))
}

/** Once per property and API client, whichever of its keys was used. */
function earlierGrant({ state }: World, { accommodation, clientId }: LegacyKeyState): number | undefined {
  for (const each of state.legacyKeys.values()) {
    if (each.accommodation === accommodation && each.clientId === clientId && each.grant !== undefined) return each.grant
  }
  return undefined
}

function hotelierOf({ state }: World, accommodation: string): string {
  return [...state.hoteliers.values()].find((each) => each.accommodations.includes(accommodation))?.username ?? ''
}

function legacyKeyOf({ legacyKey }: Exchange): LegacyKeyState {
  if (!legacyKey) throw new TypeError('the legacy-key-is-good check must come first')
  return legacyKey
}
