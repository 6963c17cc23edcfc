import { parseAccommodationFields, refuseField } from '../checks/accommodation-fields'
import { bearerToken } from '../checks/bearer-token'
import { hasPermission } from '../checks/has-permission'
import { jsonBody } from '../checks/json-body'
import { adminTokenOnly } from '../checks/token-kind'
import { noteUse, withinQuota } from '../checks/within-quota'
import { json } from '../http/answers'
import { apiClientBehind, jsonOf, type Endpoint, type Exchange, type Step } from '../http/exchange'
import { SEED_PASSWORD } from '../models/default-seed'
import type { Accommodation, Hotelier, Network } from '../models/seed'
import type { World } from '../models/world'
import { createdBody } from './created-body'

const required = ['name', 'givenName', 'familyName', 'email'] as const
const flags = ['accept_duplicates', 'network_name', 'welcome_user', 'cod_promo'] as const
const UNSAID: Omit<Accommodation, 'id' | 'name'> = {
  currency: 'EUR',
  timeZone: 'Europe/Rome',
  city: 'Roma',
  country: 'IT',
  zip: '00100',
  latitude: 0,
  longitude: 0,
}

/** Guide, integration strategies, 3: a new property with an admin token; its refresh token is in the answer. */
export const accommodationCreateEndpoint: Endpoint = {
  name: 'accommodation:create',
  method: 'POST',
  path: '/connect/rest/v2/accommodation',
  surface: 'api',
  steps: [
    bearerToken,
    adminTokenOnly,
    withinQuota,
    hasPermission('accommodation', 'READWRITE'),
    jsonBody,
    noteUse,
    requiredFieldsAreGood,
    isNoDuplicate,
    create,
  ],
}

function requiredFieldsAreGood(exchange: Parameters<Step>[0]): ReturnType<Step> {
  const body = jsonOf(exchange)
  const missing = required.find((name) => textOf(body[name]) === '')
  if (missing !== undefined) return refuseField(exchange, missing)
  if (!/^[^\s@]+@[^\s@]+$/.test(textOf(body.email))) return refuseField(exchange, 'email')
  for (const name of ['accept_duplicates', 'welcome_user'] as const) {
    if (body[name] !== undefined && typeof body[name] !== 'boolean') return refuseField(exchange, name)
  }
  if (body.network_name !== undefined && !networkOf(exchange)) return refuseField(exchange, 'network_name', 'networkName')
  return undefined
}

/** A mail address that is known already answers 412, without a token, unless duplicates are accepted. */
function isNoDuplicate(exchange: Parameters<Step>[0]): ReturnType<Step> {
  const { state } = exchange.world
  const accepts = jsonOf(exchange).accept_duplicates ?? state.settings.duplicatesByDefault === 'accepted'
  const [existing] = accepts ? [] : (hotelierWith(exchange)?.accommodations ?? [])
  return existing === undefined ? undefined : json(412, { status: 'existing', id: existing })
}

function create(exchange: Parameters<Step>[0]): ReturnType<Step> {
  const { world } = exchange
  const body = jsonOf(exchange)
  const clientId = apiClientBehind(exchange)?.clientId ?? ''
  const id = String(world.state.lastAccommodation + 1)
  const parsed = parseAccommodationFields(exchange, body, [...required.slice(1), ...flags])
  if ('answer' in parsed) return parsed.answer
  const hotelier = withAccommodation(hotelierWith(exchange) ?? newHotelier(exchange), id)
  const network = networkOf(exchange)
  const joined = network && { ...network, accommodations: [...network.accommodations, id] }
  const earlier = network && networkGrant(world, clientId, network)
  const number = earlier?.number ?? world.state.grants.length + 1
  const sequence = (earlier?.accessTokens.latest ?? 0) + 1
  const expiresAt = world.clock.now() + world.state.settings.accessTokenLifetimeMs
  const accessToken = world.bearers.mint({ kind: 'access', holder: number, sequence, expiresAt })
  const refreshToken = world.bearers.mint({ kind: 'refresh', holder: number, sequence: earlier?.refreshGeneration ?? 1, expiresAt: 0 })
  const hasAccess = world.state.settings.createdTokens === 'identity-with-access-token'
  world.record({
    type: 'accommodation.created',
    clientId,
    accommodation: { ...UNSAID, name: '', ...parsed.fields, id },
    hoteliers: [hotelier, ...(network ? colleagues(world, network, hotelier).map((each) => withAccommodation(each, id)) : [])],
    ...(joined && { network: joined }),
    grant: number,
    isNewGrant: earlier === undefined,
    username: hotelier.username,
    scope: network ? { network: network.id } : { accommodations: [id] },
    refreshToken,
    welcomeMail: body.welcome_user !== false,
    ...(hasAccess && { access: { accessSequence: sequence, accessToken, accessExpiresAt: expiresAt } }),
  })
  return json(200, createdBody(world, { id, refreshToken, accessToken, ...(joined && { properties: joined.accommodations }) }))
}

/** The network's live grant, whose refresh token a joining property shares. */
function networkGrant({ state }: World, clientId: string, { id }: Network) {
  return state.grants.find(
    ({ clientId: whose, scope, revokedAt }) => whose === clientId && revokedAt === undefined && 'network' in scope && scope.network === id,
  )
}

function networkOf(exchange: Exchange): Network | undefined {
  const name = jsonOf(exchange).network_name
  return [...exchange.world.state.networks.values()].find((each) => each.name === name)
}

function hotelierWith(exchange: Exchange): Hotelier | undefined {
  const email = textOf(jsonOf(exchange).email).toLowerCase()
  return [...exchange.world.state.hoteliers.values()].find((each) => each.email.toLowerCase() === email)
}

/** Whoever creates the property gets an account that can sign in on the consent page, with the usual password. */
function newHotelier(exchange: Exchange): Hotelier {
  const { email, givenName, familyName } = jsonOf(exchange)
  return {
    username: textOf(email),
    password: SEED_PASSWORD,
    name: `${textOf(givenName)} ${textOf(familyName)}`,
    email: textOf(email),
    accommodations: [],
  }
}

function colleagues({ state }: World, { id }: Network, { username }: Hotelier): Hotelier[] {
  return [...state.hoteliers.values()].filter((each) => each.network === id && each.username !== username)
}

function withAccommodation(hotelier: Hotelier, id: string): Hotelier {
  return { ...hotelier, accommodations: [...hotelier.accommodations, id] }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : ''
}
