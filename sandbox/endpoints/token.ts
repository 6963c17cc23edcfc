import { clientCredentials } from '../checks/client-credentials'
import { codeIsGood } from '../checks/code-is-good'
import { formBody } from '../checks/form-body'
import { grantTypeIsCode } from '../checks/grant-type-is-code'
import { knownHeaders } from '../checks/known-headers'
import { knownParameters } from '../checks/known-parameters'
import { nothingInUrl } from '../checks/nothing-in-url'
import { requiredParameters } from '../checks/required-parameters'
import { identityWithinQuota } from '../checks/within-quota'
import { json } from '../http/answers'
import { apiClientOf, formOf, type Endpoint, type Step } from '../http/exchange'
import { sameScope } from '../models/scope'
import type { Code } from '../models/grant'
import type { World } from '../models/world'
import { tokenBody } from './token-body'

/** Guide, case 1, step 2: a code becomes the first pair of tokens. */
export const tokenEndpoint: Endpoint = {
  name: 'identity/token',
  method: 'POST',
  path: '/connect/rest/v1/identity/token',
  surface: 'api',
  steps: [
    formBody,
    nothingInUrl,
    knownHeaders(),
    clientCredentials,
    identityWithinQuota,
    grantTypeIsCode,
    requiredParameters('code', 'redirect_uri'),
    knownParameters('client_id', 'client_secret', 'redirect_uri', 'grant_type', 'code'),
    codeIsGood,
    redeemCode,
  ],
}

function redeemCode(exchange: Parameters<Step>[0]): ReturnType<Step> {
  const { world } = exchange
  const code = world.state.codes.get(formOf(exchange).get('code') ?? '')
  if (!code) throw new TypeError('the code-is-good check must come first')
  const grant = world.state.grants.length + 1
  const expiresAt = world.clock.now() + world.state.settings.accessTokenLifetimeMs
  const accessToken = world.bearers.mint({ kind: 'access', holder: grant, sequence: 1, expiresAt })
  const refreshToken = world.bearers.mint({ kind: 'refresh', holder: grant, sequence: 1, expiresAt: 0 })
  world.record({
    type: 'code.redeemed',
    code: code.code,
    clientId: apiClientOf(exchange).clientId,
    grant,
    refreshToken,
    accessToken,
    accessExpiresAt: expiresAt,
    alsoEnds: world.state.settings.newConsentEndsGrant ? earlierGrants(world, code) : [],
  })
  return json(200, tokenBody(world, { accessToken, expiresAt, refreshToken, tokenType: 'bearer' }))
}

function earlierGrants(world: World, code: Code): number[] {
  return world.state.grants
    .filter((grant) => grant.clientId === code.clientId && grant.revokedAt === undefined && sameScope(grant.scope, code.scope))
    .map((grant) => grant.number)
}
