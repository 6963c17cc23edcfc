import { apiError } from '../http/answers'
import { identityOf, type Answer, type Exchange, type Step } from '../http/exchange'
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
  exchange.notes.push(
    reason === 'wrong-kind'
      ? `sent ${identity.kind === 'admin' ? 'an admin token' : 'a property token'}: this call needs the other kind`
      : 'asked for a property that this token does not cover',
  )
  exchange.world.record({
    type: 'access-token.refused',
    endpoint: exchange.endpoint,
    accessToken: identity.token,
    reason,
    ...(identity.kind === 'property'
      ? { clientId: identity.grant.clientId, grant: identity.grant.number }
      : { clientId: identity.apiClient.clientId }),
  })
  return apiError(403, { type: 'ApiSecurityException', message: 'errNoResourcesForIdentity' })
}
