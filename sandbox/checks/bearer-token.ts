import { apiError } from '../http/answers'
import type { Answer, Exchange, Identity, Step } from '../http/exchange'
import { note } from '../lint/note'
import type { Bearer } from '../models/bearer'
import type { TokenHolder } from '../models/token-holder'
import type { AccessRefusal } from '../models/truth-event'

/** `Authorization: Bearer …` carries an access token that is good now (guide, step 3; API description, Errors). */
export const bearerToken: Step = (exchange) => {
  const header = exchange.headers.authorization ?? ''
  if (!/^bearer /i.test(header)) return refuse(exchange, 'missing', '')
  const token = header.slice(7).trim()
  const { world } = exchange
  const bearer = world.bearers.open(token)
  const identity = bearer && identify(exchange, bearer, token)
  if (!bearer || !identity) return refuse(exchange, 'unknown', token)
  exchange.identity = identity
  const reason = whyNot(bearer, identity, world.clock.now())
  return reason ? refuse(exchange, reason, token) : undefined
}

function identify({ world }: Exchange, bearer: Bearer, token: string): Identity | undefined {
  if (bearer.kind === 'access') {
    const grant = world.state.grants[bearer.holder - 1]
    return grant && { kind: 'property', grant, token }
  }
  if (bearer.kind === 'refresh') return undefined
  const apiClient = world.state.apiClientsByNumber[bearer.holder]
  return apiClient && { kind: 'admin', apiClient, token }
}

function whyNot(bearer: Bearer, identity: Identity, now: number): AccessRefusal | undefined {
  const holder: TokenHolder = identity.kind === 'property' ? identity.grant.accessTokens : identity.apiClient.adminTokens
  if (identity.kind === 'property' && identity.grant.revokedAt !== undefined) return 'revoked'
  if (bearer.sequence <= holder.endedThrough) return 'ended'
  return now >= bearer.expiresAt || bearer.sequence <= holder.expiredThrough ? 'expired' : undefined
}

function refuse(exchange: Exchange, reason: AccessRefusal, token: string): Answer {
  const { identity, world } = exchange
  world.record({
    type: 'access-token.refused',
    endpoint: exchange.endpoint,
    accessToken: token,
    reason,
    ...(identity?.kind === 'property' && { clientId: identity.grant.clientId, grant: identity.grant.number }),
    ...(identity?.kind === 'admin' && { clientId: identity.apiClient.clientId }),
  })
  if (reason === 'missing') note(exchange, 'bearer-absent')
  if (reason === 'unknown') note(exchange, world.bearers.open(token)?.kind === 'refresh' ? 'bearer-is-refresh-token' : 'bearer-unknown')
  if (reason === 'missing') return apiError(401, { type: 'ApiSecurityException', message: 'Missing credentials' })
  if (reason === 'expired' && world.state.settings.expiredTokenAnswer === 'login-expired') {
    return apiError(403, { type: 'ApiLoginExpired', message: 'The access token has expired' })
  }
  return apiError(401, { type: 'ApiKeyInvalid', message: 'The access token is not valid' })
}
