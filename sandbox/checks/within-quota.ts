import { apiError } from '../http/answers'
import { identityOf, type Exchange, type Step } from '../http/exchange'
import { note } from '../lint/note'

/** The quota is not used up. Octorate answers 403, never 429, and sends no Retry-After (API description, Quota). */
export const withinQuota: Step = (exchange) => countCall(exchange, quotaHolder(exchange))

/** As `withinQuota`, for identity calls, which count only when `quotaCountsIdentity` says so. */
export const identityWithinQuota: Step = (exchange) =>
  exchange.world.state.settings.quotaCountsIdentity ? countCall(exchange, quotaHolder(exchange)) : undefined

/** Whose quota an exchange uses, as far as its checks have found out. */
export function quotaHolder({ apiClient, identity }: Exchange): string {
  if (identity?.kind === 'property') return `grant ${identity.grant.number}`
  if (identity?.kind === 'admin') return `api client ${identity.apiClient.clientId}`
  return apiClient ? `api client ${apiClient.clientId}` : ''
}

/** The access token is used for what it is good for; the truth log keeps that. */
export const noteUse: Step = (exchange) => {
  const identity = identityOf(exchange)
  const whose =
    identity.kind === 'property'
      ? { clientId: identity.grant.clientId, grant: identity.grant.number }
      : { clientId: identity.apiClient.clientId }
  exchange.world.record({ type: 'access-token.used', endpoint: exchange.endpoint, accessToken: identity.token, ...whose })
  return undefined
}

function countCall(exchange: Exchange, holder: string) {
  const { clock, quota, state } = exchange.world
  const { exceeded, over } = quota.count(holder, clock.now(), state.settings)
  if (!exceeded || !state.settings.quotaEnforced) return undefined
  if (over > 1) note(exchange, 'quota-ignored', String(over))
  return apiError(403, { type: 'ApiQuotaException', message: 'Quota exceeded' })
}
