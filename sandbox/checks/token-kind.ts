import { apiError } from '../http/answers'
import { identityOf, type Answer, type Exchange, type Step } from '../http/exchange'
import { note } from '../lint/note'
import type { AccessRefusal } from '../models/truth-event'

/** The call belongs to the API account: a property token is the wrong kind (guide, case 2). */
export const adminTokenOnly: Step = (exchange) =>
  identityOf(exchange).kind === 'admin' ? undefined : refuseForIdentity(exchange, 'wrong-kind')

/** The call belongs to a property: an admin token is the wrong kind (guide, case 1). */
export const propertyTokenOnly: Step = (exchange) =>
  identityOf(exchange).kind === 'property' ? undefined : refuseForIdentity(exchange, 'wrong-kind')

/** 403 `errNoResourcesForIdentity`: the wrong kind of token, or not this property (API description, Errors). */
export function refuseForIdentity(exchange: Exchange, reason: AccessRefusal): Answer {
  const identity = identityOf(exchange)
  if (reason === 'wrong-kind') note(exchange, 'wrong-kind', identity.kind === 'admin' ? 'an admin token' : 'a property token')
  if (reason === 'other-accommodation') note(exchange, 'other-property')
  if (reason === 'address-unlisted') note(exchange, 'address-unlisted', exchange.remoteAddress)
  recordRefusal(exchange, reason)
  return apiError(403, { type: 'ApiSecurityException', message: 'errNoResourcesForIdentity' })
}

/** The truth log keeps every good token that was refused, and why. */
export function recordRefusal(exchange: Exchange, reason: AccessRefusal): void {
  const identity = identityOf(exchange)
  exchange.world.record({
    type: 'access-token.refused',
    endpoint: exchange.endpoint,
    accessToken: identity.token,
    reason,
    ...(identity.kind === 'property'
      ? { clientId: identity.grant.clientId, grant: identity.grant.number }
      : { clientId: identity.apiClient.clientId }),
  })
}
