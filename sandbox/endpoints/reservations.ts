import { bearerToken } from '../checks/bearer-token'
import { coversAccommodation } from '../checks/covers-accommodation'
import { hasPermission } from '../checks/has-permission'
import { noteUse, withinQuota } from '../checks/within-quota'
import { apiError, json } from '../http/answers'
import type { Endpoint, Step } from '../http/exchange'
import { toJavaDate } from '../models/java-date'

const DAY_MS = 86_400_000

/**
 * Property data, for a property token or for an admin token from a listed address (guide, cases 1 and 3). The list is
 * wrapped in `{data: […]}`, as some of Octorate's are; its one reservation is invented and its fields are our guess.
 */
export const reservationsEndpoint: Endpoint = {
  name: 'reservation/{accommodation}',
  method: 'GET',
  path: '/connect/rest/v1/reservation/',
  takesPathId: true,
  surface: 'api',
  steps: [bearerToken, withinQuota, coversAccommodation, hasPermission('reservation', 'READONLY'), noteUse, listReservations],
}

function listReservations({ world, pathId }: Parameters<Step>[0]): ReturnType<Step> {
  const accommodation = world.state.accommodations.get(pathId)
  if (!accommodation) return apiError(404, { type: 'ApiResourceMissing', message: 'No such accommodation' })
  const today = Math.floor(world.clock.now() / DAY_MS) * DAY_MS
  const reservation = {
    id: `${pathId}001`,
    accommodation: pathId,
    status: 'CONFIRMED',
    createTime: toJavaDate(today - DAY_MS),
    checkin: toJavaDate(today + 7 * DAY_MS),
    checkout: toJavaDate(today + 9 * DAY_MS),
    totalGross: 240,
    currency: accommodation.currency,
  }
  return json(200, { data: [reservation] })
}
