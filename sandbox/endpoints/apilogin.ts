import { clientCredentials } from '../checks/client-credentials'
import { formBody } from '../checks/form-body'
import { knownHeaders } from '../checks/known-headers'
import { knownParameters } from '../checks/known-parameters'
import { nothingInUrl } from '../checks/nothing-in-url'
import { identityWithinQuota } from '../checks/within-quota'
import { json } from '../http/answers'
import { apiClientOf, type Endpoint, type Step } from '../http/exchange'
import { noteEarly } from '../lint/note-early'
import { tokenBody } from './token-body'

/** Guide, case 2 (ApiLogin): the API account's own token, good for a year (case 3), without a refresh token. */
export const apiloginEndpoint: Endpoint = {
  name: 'identity/apilogin',
  method: 'POST',
  path: '/connect/rest/v1/identity/apilogin',
  surface: 'api',
  steps: [formBody, nothingInUrl, knownHeaders(), clientCredentials, identityWithinQuota, knownParameters('client_id', 'client_secret'), logIn],
}

function logIn(exchange: Parameters<Step>[0]): ReturnType<Step> {
  const { world } = exchange
  const apiClient = apiClientOf(exchange)
  noteEarly(exchange, 'login-early', { holder: apiClient.adminTokens, lifetimeMs: world.state.settings.adminTokenLifetimeMs })
  const sequence = apiClient.adminTokens.latest + 1
  const expiresAt = world.clock.now() + world.state.settings.adminTokenLifetimeMs
  const accessToken = world.bearers.mint({ kind: 'admin', holder: apiClient.number, sequence, expiresAt })
  world.record({
    type: 'admin-token.issued',
    clientId: apiClient.clientId,
    accessSequence: sequence,
    accessToken,
    accessExpiresAt: expiresAt,
    earlierAccessEnds: world.state.settings.newLoginEndsAdminToken,
  })
  return json(200, tokenBody(world, { accessToken, expiresAt }))
}
