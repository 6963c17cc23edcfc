import { apiClientOf, formOf, type Exchange, type Step } from '../http/exchange'
import { note } from '../lint/note'
import type { Bearer } from '../models/bearer'
import type { Grant } from '../models/grant'
import type { RefreshRefusal } from '../models/truth-event'
import { refuseIdentity } from './refuse-identity'

/**
 * The refresh token is the live one of a grant of this API client (guide, step 4; it never expires). Which earlier
 * ones are taken, and whether using one ends the grant, is decided by `refreshRotation`.
 */
export const refreshTokenIsLive: Step = (exchange) => {
  const { world } = exchange
  const token = formOf(exchange).get('refresh_token') ?? ''
  const bearer = world.bearers.open(token)
  const grant = bearer?.kind === 'refresh' ? world.state.grants[bearer.holder - 1] : undefined
  const reason = bearer && grant ? whyNot(exchange, bearer, grant) : 'unknown'
  if (!reason) return undefined
  world.record({
    type: 'refresh.refused',
    clientId: apiClientOf(exchange).clientId,
    refreshToken: token,
    reason,
    ...(grant && { grant: grant.number }),
    ...(grant && reason === 'reused' && { ends: grant.number }),
  })
  note(exchange, 'refresh-token-refused', reason)
  return refuseIdentity(exchange, world.state.settings.refreshRefusalStatus, {
    type: 'ApiSecurityException',
    message: reason === 'revoked' ? 'Access to this property was withdrawn' : 'The refresh token is not valid',
    element: 'refresh_token',
    oauth: 'invalid_grant',
  })
}

function whyNot(exchange: Exchange, bearer: Bearer, grant: Grant): RefreshRefusal | undefined {
  const { settings } = exchange.world.state
  if (grant.clientId !== apiClientOf(exchange).clientId) return 'other-client'
  if (grant.revokedAt !== undefined) return 'revoked'
  if (bearer.sequence === grant.refreshGeneration) return undefined
  if (settings.refreshRotation === 'rotate-with-reuse-detection') return 'reused'
  const isPredecessor = bearer.sequence === grant.refreshGeneration - 1
  const inGrace = exchange.world.clock.now() - grant.refreshRotatedAt <= settings.refreshGraceMs
  return settings.refreshRotation === 'rotate-with-grace' && isPredecessor && inGrace ? undefined : 'retired'
}
