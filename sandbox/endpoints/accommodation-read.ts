import { bearerToken } from '../checks/bearer-token'
import { coversAccommodation } from '../checks/covers-accommodation'
import { hasPermission } from '../checks/has-permission'
import { noteUse, withinQuota } from '../checks/within-quota'
import { apiError, json } from '../http/answers'
import type { Endpoint, Step } from '../http/exchange'
import { accommodationBody } from './accommodation-body'

/** One lodging: with a property token that covers it, or with an admin token from a listed address (guide, case 3). */
export const accommodationReadEndpoint: Endpoint = {
  name: 'accommodation/{id}',
  method: 'GET',
  path: '/connect/rest/v1/accommodation/',
  takesPathId: true,
  surface: 'api',
  steps: [bearerToken, withinQuota, coversAccommodation, hasPermission('accommodation', 'READONLY'), noteUse, readAccommodation],
}

function readAccommodation(exchange: Parameters<Step>[0]): ReturnType<Step> {
  const body = accommodationBody(exchange.world.state, exchange.pathId)
  return body ? json(200, body) : apiError(404, { type: 'ApiResourceMissing', message: 'No such accommodation' })
}
