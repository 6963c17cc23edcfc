import { bearerToken } from '../checks/bearer-token'
import { propertyTokenOnly, refuseForIdentity } from '../checks/token-kind'
import { noteUse, withinQuota } from '../checks/within-quota'
import { apiError, json } from '../http/answers'
import { identityOf, type Endpoint, type Step } from '../http/exchange'
import { accommodationBody, accommodationsFor } from './accommodation-body'

/** One lodging of the token's own. The admin token would need IP authentication here (guide, case 3). */
export const accommodationReadEndpoint: Endpoint = {
  name: 'accommodation/{id}',
  method: 'GET',
  path: '/connect/rest/v1/accommodation/',
  takesPathId: true,
  surface: 'api',
  steps: [bearerToken, propertyTokenOnly, withinQuota, accommodationIsCovered, noteUse, readAccommodation],
}

function accommodationIsCovered(exchange: Parameters<Step>[0]): ReturnType<Step> {
  const covered = accommodationsFor(exchange.world.state, identityOf(exchange))
  return covered.includes(exchange.pathId) ? undefined : refuseForIdentity(exchange, 'other-accommodation')
}

function readAccommodation(exchange: Parameters<Step>[0]): ReturnType<Step> {
  const body = accommodationBody(exchange.world.state, exchange.pathId)
  return body ? json(200, body) : apiError(404, { type: 'ApiResourceMissing', message: 'No such accommodation' })
}
