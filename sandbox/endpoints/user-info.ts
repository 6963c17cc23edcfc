import { bearerToken } from '../checks/bearer-token'
import { propertyTokenOnly } from '../checks/token-kind'
import { noteUse, withinQuota } from '../checks/within-quota'
import { apiError, json } from '../http/answers'
import { identityOf, type Endpoint, type Step } from '../http/exchange'

/** API description, user info: the person who consented. */
export const userInfoEndpoint: Endpoint = {
  name: 'user/info',
  method: 'GET',
  path: '/connect/rest/v1/user/info',
  surface: 'api',
  steps: [bearerToken, propertyTokenOnly, withinQuota, noteUse, readUserInfo],
}

function readUserInfo(exchange: Parameters<Step>[0]): ReturnType<Step> {
  const identity = identityOf(exchange)
  const hotelier = identity.kind === 'property' ? exchange.world.state.hoteliers.get(identity.grant.username) : undefined
  if (!hotelier) return apiError(404, { type: 'ApiResourceMissing', message: 'No such user' })
  return json(200, { name: hotelier.name, email: hotelier.email, username: hotelier.username })
}
