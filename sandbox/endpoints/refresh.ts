import { clientCredentials } from '../checks/client-credentials'
import { formBody } from '../checks/form-body'
import { knownHeaders } from '../checks/known-headers'
import { knownParameters } from '../checks/known-parameters'
import { nothingInUrl } from '../checks/nothing-in-url'
import { refreshTokenIsLive } from '../checks/refresh-token-is-live'
import { refuseMalformed } from '../checks/refuse-identity'
import { requiredParameters } from '../checks/required-parameters'
import { identityWithinQuota } from '../checks/within-quota'
import { json } from '../http/answers'
import { apiClientOf, formOf, type Endpoint, type Step } from '../http/exchange'
import { note } from '../lint/note'
import type { Grant } from '../models/grant'
import type { World } from '../models/world'
import { noteEarly } from '../lint/note-early'
import { tokenBody } from './token-body'

/** Guide, case 1, step 4: a refresh token gives a new access token; usually nothing else comes with it. */
export const refreshEndpoint: Endpoint = {
  name: 'identity/refresh',
  method: 'POST',
  path: '/connect/rest/v1/identity/refresh',
  surface: 'api',
  steps: [
    formBody,
    nothingInUrl,
    knownHeaders(),
    clientCredentials,
    identityWithinQuota,
    requiredParameters('refresh_token'),
    noGrantType,
    knownParameters('client_id', 'client_secret', 'refresh_token', 'grant_type'),
    refreshTokenIsLive,
    refreshAccess,
  ],
}

/** The API description has no `grant_type` here; integrations send one anyway. */
function noGrantType(exchange: Parameters<Step>[0]): ReturnType<Step> {
  const grantType = formOf(exchange).get('grant_type')
  if (grantType === null) return undefined
  note(exchange, 'refresh-grant-type', grantType)
  if (exchange.world.state.settings.mode === 'lenient') return undefined
  return refuseMalformed(exchange, 'grant_type', 'Parameter grant_type is not known')
}

function refreshAccess(exchange: Parameters<Step>[0]): ReturnType<Step> {
  const { world } = exchange
  const sentToken = formOf(exchange).get('refresh_token') ?? ''
  const sent = world.bearers.open(sentToken)
  const grant = sent && world.state.grants[sent.holder - 1]
  if (!grant) throw new TypeError('the refresh-token-is-live check must come first')
  noteEarly(exchange, 'refresh-early', { holder: grant.accessTokens, lifetimeMs: world.state.settings.accessTokenLifetimeMs })
  const sequence = grant.accessTokens.latest + 1
  const expiresAt = world.clock.now() + world.state.settings.accessTokenLifetimeMs
  const accessToken = world.bearers.mint({ kind: 'access', holder: grant.number, sequence, expiresAt })
  const rotated = rotate(world, grant, sent.sequence)
  world.record({
    type: 'token.refreshed',
    clientId: apiClientOf(exchange).clientId,
    grant: grant.number,
    refreshToken: sentToken,
    accessSequence: sequence,
    accessToken,
    accessExpiresAt: expiresAt,
    earlierAccessEnds: world.state.settings.refreshEndsAccessToken,
    ...(rotated && rotated.generation !== grant.refreshGeneration && { rotatedTo: rotated }),
  })
  return json(200, tokenBody(world, { accessToken, expiresAt, ...(rotated && { refreshToken: rotated.refreshToken }) }))
}

/** The refresh token to hand out, if any: the same, a new generation, or once more the live one to whoever comes in the grace time. */
function rotate(world: World, grant: Grant, sentGeneration: number) {
  const { refreshReturnsToken, refreshRotation } = world.state.settings
  if (refreshRotation === 'off' && !refreshReturnsToken) return undefined
  const isLive = sentGeneration === grant.refreshGeneration
  const generation = isLive && refreshRotation !== 'off' ? grant.refreshGeneration + 1 : grant.refreshGeneration
  const refreshToken = world.bearers.mint({ kind: 'refresh', holder: grant.number, sequence: generation, expiresAt: 0 })
  return { generation, refreshToken }
}
